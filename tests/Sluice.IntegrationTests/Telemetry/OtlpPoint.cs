namespace Sluice.IntegrationTests.Telemetry;

/// <summary>A data point of a metric as it was received. Cumulative: the last one of its kind tells all.</summary>
/// <param name="Metric">The name of the instrument.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The sum or, of a histogram, the sum of what was recorded.</param>
/// <param name="Count">How much was recorded in a histogram.</param>
/// <param name="Attributes">What tells it from the other points of the metric.</param>
internal sealed record OtlpPoint(string Metric, string Unit, double Value, long Count, Dictionary<string, string> Attributes)
{
    public static IEnumerable<OtlpPoint> Read(OtlpMessage export) =>
        from resource in export.Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from point in metric.Has(9)
            ? metric.Messages(9).Single().Messages(1).Select(Histogram)
            : metric.Messages(metric.Has(7) ? 7 : 5).Single().Messages(1).Select(Number)
        select point with { Metric = metric.Text(1), Unit = metric.Text(3) };

    private static OtlpPoint Number(OtlpMessage point) =>
        new("", "", point.Has(4) ? point.Double(4) : (long)point.Number(6), 0, point.Attributes(7));

    private static OtlpPoint Histogram(OtlpMessage point) => new("", "", point.Double(5), (long)point.Number(4), point.Attributes(9));
}
