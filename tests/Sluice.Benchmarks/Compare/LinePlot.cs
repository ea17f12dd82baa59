using System.Globalization;
using System.Net;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>Draws lines over one axis, as SVG.</summary>
/// <param name="title">What is to be seen.</param>
/// <param name="x">What the horizontal axis counts.</param>
/// <param name="y">What the vertical axis counts.</param>
internal sealed class LinePlot(string title, string x, string y)
{
    private const int Width = 860;
    private const int Height = 420;
    private const int Left = 70;
    private const int Right = 200;
    private const int Top = 50;
    private const int Bottom = 50;

    // Reported apart by people who see fewer colours, too (Okabe and Ito).
    private static readonly string[] _colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555"];

    private readonly List<(string Name, IReadOnlyList<(double X, double Y)> Points)> _lines = [];

    /// <summary>The end of the vertical axis; what is above it is left out. As far as the points reach, if it is not set.</summary>
    public double? Most { get; init; }

    /// <summary>Adds a line.</summary>
    public void Add(string name, IReadOnlyList<(double X, double Y)> points) => _lines.Add((name, points));

    /// <summary>The picture.</summary>
    public override string ToString()
    {
        var (endX, endY) = (
            Round(_lines.Max(static line => line.Points.Max(static point => point.X))),
            Most ?? Round(_lines.Max(static line => line.Points.Max(static point => point.Y))));
        double X(double at) => Left + (at / endX * (Width - Left - Right));
        double Y(double at) => Height - Bottom - (at / endY * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="13">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{Left}" y="24" font-size="16" font-weight="bold">{WebUtility.HtmlEncode(title)}</text>""");
        for (var i = 0; i <= 4; i++)
        {
            var (atX, atY) = (endX * i / 4, endY * i / 4);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<path d="M{Left} {Y(atY):F1}H{Width - Right}" stroke="#ddd"/><text x="{Left - 8}" y="{Y(atY) + 4:F1}" text-anchor="end">{atY:0.##}</text>""");
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<text x="{X(atX):F1}" y="{Height - Bottom + 18}" text-anchor="middle">{atX:0.##}</text>""");
        }

        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">{WebUtility.HtmlEncode(x)}</text><text x="{Left - 50}" y="{Top - 10}">{WebUtility.HtmlEncode(y)}</text>""");
        for (var i = 0; i < _lines.Count; i++)
        {
            var (name, points) = _lines[i];
            var (colour, shown) = (_colours[i % _colours.Length], points.Where(point => point.Y <= endY));
            var line = string.Join(
                ' ', shown.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>""");
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""<path d="M{Width - Right + 12} {Top + (i * 24)}h20" stroke="{colour}" stroke-width="3"/><text x="{Width - Right + 38}" y="{Top + 4 + (i * 24)}">{WebUtility.HtmlEncode(name)}</text>""");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    // The next number that an axis can be divided by.
    private static double Round(double most)
    {
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1e-9))));
        return ((double[])[1, 2, 4, 6, 8, 10]).First(times => times * step >= most) * step;
    }
}
