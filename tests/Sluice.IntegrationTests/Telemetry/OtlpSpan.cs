namespace Sluice.IntegrationTests.Telemetry;

/// <summary>A span as it was received.</summary>
internal sealed record OtlpSpan(
    string Scope, string Name, string Trace, string Id, string Parent, int Kind, bool Failed, ulong Start, ulong End,
    Dictionary<string, string> Attributes)
{
    public const int Internal = 1;
    public const int Server = 2;
    public const int Client = 3;

    public static IEnumerable<OtlpSpan> Read(OtlpMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new OtlpSpan(
            scope.Messages(1).Single().Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), (int)span.Number(6),
            span.Messages(15).Any(static status => status.Number(3) == 2), span.Number(7), span.Number(8), span.Attributes(9));
}
