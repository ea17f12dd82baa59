using System.Text;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the origins of web pages in settings.</summary>
internal static class Origins
{
    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public static IEnumerable<string> Problems(string setting, IEnumerable<string> origins) =>
        origins.Where(static origin => origin != "*" && !IsOrigin(origin)).Select(origin =>
            $"{setting} contains '{origin}': an origin consists of a scheme and a host, as browsers send them, "
                + $"such as https://app.example.com or https://xn--bcher-kva.example, or '*'.");

    // https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin: any other form would never equal what a
    // browser sends.
    private static bool IsOrigin(string origin) => Ascii.IsValid(origin) && !origin.Contains('@', StringComparison.Ordinal)
        && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" }
        && uri.GetLeftPart(UriPartial.Authority) == origin;
}
