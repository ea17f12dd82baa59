namespace Sluice.IntegrationTests.Telemetry;

/// <summary>A log record as it was received.</summary>
internal sealed record OtlpLog(string Scope, string Body, string Trace, string EventId, Dictionary<string, string> Attributes)
{
    public static IEnumerable<OtlpLog> Read(OtlpMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from log in scope.Messages(2)
        let attributes = log.Attributes(6)
        select new OtlpLog(
            scope.Messages(1).Single().Text(1), log.Messages(5).Single().Text(1), log.Hex(9), log.Has(12) ? log.Text(12) : "", attributes);
}
