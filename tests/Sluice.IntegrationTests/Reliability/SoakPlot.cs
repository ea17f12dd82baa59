using System.Globalization;
using System.Text;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Draws a soak: resident memory, handles and threads over time, each from zero to its most.</summary>
internal static class SoakPlot
{
    private const int Width = 800;
    private const int Height = 220;
    private const int Margin = 60;
    private const int Points = 400;

    public static string Svg(IReadOnlyList<SoakSample> samples)
    {
        var svg = new StringBuilder();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {3 * Height}" font-family="sans-serif" font-size="12">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        Panel(svg, 0, "resident memory, MiB", "#1f6feb", samples, static sample => sample.ResidentMiB);
        Panel(svg, 1, "files and sockets", "#1a7f37", samples, static sample => sample.Handles);
        Panel(svg, 2, "threads", "#9a6700", samples, static sample => sample.Threads);
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(
        StringBuilder svg, int panel, string title, string colour, IReadOnlyList<SoakSample> samples, Func<SoakSample, double> value)
    {
        var (most, end, top, bottom) = (samples.Max(value), samples[^1].Seconds, (panel * Height) + 30, ((panel + 1) * Height) - 25);
        double X(double seconds) => Margin + (seconds / end * (Width - (2 * Margin)));
        double Y(double of) => bottom - (of / most * (bottom - top));
        var line = samples.Chunk(Math.Max(1, samples.Count / Points)).Select(part =>
            string.Create(CultureInfo.InvariantCulture, $"{X(part.Average(static one => one.Seconds)):F1},{Y(part.Average(value)):F1}"));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Margin}" y="{top - 10}">{title}</text>""")
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{Margin - 8}" y="{top + 4}" text-anchor="end">{most:F0}</text><text x="{Margin - 8}" y="{bottom + 4}" text-anchor="end">0</text>""")
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{Width - Margin}" y="{bottom + 16}" text-anchor="end">{end / 60:F0} min</text>""")
            .AppendLine(
                CultureInfo.InvariantCulture, $"""<path d="M{Margin} {top}V{bottom}H{Width - Margin}" fill="none" stroke="#888"/>""")
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"""<polyline points="{string.Join(' ', line)}" fill="none" stroke="{colour}" stroke-width="1.5"/>""");
    }
}
