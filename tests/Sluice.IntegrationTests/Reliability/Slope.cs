namespace Sluice.IntegrationTests.Reliability;

/// <summary>A line through measurements (least squares), and how sure its slope is.</summary>
/// <param name="PerHour">The slope, in units an hour.</param>
/// <param name="Error">Its standard error. Neighbouring measurements are much alike, so it is that of the means of 20 stretches.</param>
internal readonly record struct Slope(double PerHour, double Error)
{
    private const int Stretches = 20;

    /// <summary>Whether it can be told from zero: three standard errors.</summary>
    public bool IsZero => Math.Abs(PerHour) <= 3 * Error;

    public static Slope Of(IReadOnlyList<(double Seconds, double Value)> all)
    {
        var points = all.Chunk(Math.Max(1, all.Count / Stretches))
            .Select(static part => (X: part.Average(static one => one.Seconds) / 3600, Y: part.Average(static one => one.Value)))
            .ToList();
        var (x, y) = (points.Average(static point => point.X), points.Average(static point => point.Y));
        var spread = points.Sum(point => (point.X - x) * (point.X - x));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / spread;
        var rest = points.Sum(point => Math.Pow(point.Y - y - (slope * (point.X - x)), 2));
        return new Slope(slope, Math.Sqrt(rest / Math.Max(1, points.Count - 2) / spread));
    }
}
