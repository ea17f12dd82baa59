using Sluice.Downstream;
using Sluice.Settings;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>The path of a relayed request, which a client sends.</summary>
internal static class Relayed
{
    private static readonly RelayTarget _target = new("service", Options());

    public static FuzzTarget Path { get; } = new(
        "Relay path", "decoded twice, without parameters, and resolved by another Uri, it stays below the target's open prefix")
    {
        Seeds = ["/v1/events/7", "v1/events", "v1/events/a b/%41", "/v1/events/\u00E9"],
        Tokens =
        [
            "/", "//", "..", ".", ";", "%2e", "%2E", "%2F", "%5c", "\\", "%", "%25", "?", "#", "@", ":", "v1/events", "/v1/events/", " ",
            "\t", "..;", "%c0%ae", "%252e"
        ],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = _target.TryAddress(text, "", out _, out _),
        Check = static text =>
        {
            if (!_target.TryAddress(text, "", out var address, out var problem))
            {
                return problem.Length > 0 ? null : "nobody says why not";
            }

            var twice = Uri.UnescapeDataString(Uri.UnescapeDataString(address.AbsolutePath));
            var cut = string.Join('/', twice.Split('/').Select(static segment => segment.Split(';')[0].Trim()));
            return address.GetLeftPart(UriPartial.Authority) != "https://service.example:8443" || address.Query.Length > 0
                || address.Fragment.Length > 0
                ? $"it becomes {address}"
                : IsBelow(Resolved(twice)) && IsBelow(Resolved(cut)) && IsBelow(Resolved(twice.Replace('\\', '/')))
                    ? null
                    : $"it leads to {address}";
        },
    };

    private static RelayTargetOptions Options()
    {
        var options = new RelayTargetOptions { Address = new Uri("https://service.example:8443/base") };
        options.PathPrefixes.Add("/v1/events");
        return options;
    }

    private static bool IsBelow(string path) => path == "/base/v1/events" || path.StartsWith("/base/v1/events/", StringComparison.Ordinal);

    // By hand (RFC 3986, section 5.2.4).
    private static string Resolved(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/').Skip(1))
        {
            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept);
    }
}
