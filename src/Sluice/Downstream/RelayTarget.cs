using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sluice.Downstream;

/// <summary>
/// A target, checked. Makes the address of a request from the target's own and a path, and from nothing else that a client sends: what could
/// be read in two ways is refused, and what came out is compared with the target once more.
/// </summary>
internal sealed class RelayTarget
{
    private static readonly string[] AllMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly Uri _address;
    private readonly string _base;
    private readonly List<string> _prefixes;

    public RelayTarget(string name, RelayTargetOptions options)
    {
        Name = name;
        Options = options;
        _address = options.Address!;
        _base = _address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        _prefixes = [.. options.PathPrefixes.Select(static prefix => "/" + prefix.Trim('/'))];
        Methods = options.Methods.Count == 0 ? AllMethods : [.. options.Methods.Select(static method => method.ToUpperInvariant())];
    }

    public string Name { get; }

    public RelayTargetOptions Options { get; }

    /// <summary>The methods it takes, for <c>Allow</c>.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Says why a request can't go to this target, or null. Needs no byte of its body.</summary>
    public Failure? Check(string method, string path, long? length)
    {
        if (!Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        {
            return new Failure(FailureKind.MethodRefused, Phase.Admit, $"The target '{Name}' takes {string.Join(", ", Methods)}.") { Allow = Methods };
        }

        if (!TryAddress(path, "", out _, out var problem))
        {
            return new Failure(FailureKind.PathInvalid, Phase.Admit, problem);
        }

        return length > Options.MaxBytes
            ? new Failure(FailureKind.BodyTooLarge, Phase.Admit, $"The body is declared as {length} bytes; the target '{Name}' takes {Options.MaxBytes}.") { LimitBytes = Options.MaxBytes }
            : null;
    }

    /// <summary>The address of a request.</summary>
    /// <param name="path">The path, decoded.</param>
    /// <param name="query">The query, encoded, with its question mark; or empty.</param>
    /// <param name="address">Below the target's own address, always.</param>
    /// <param name="problem">What is wrong with the path.</param>
    public bool TryAddress(string path, string query, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? problem)
    {
        (address, problem) = (null, Problem(path));
        if (problem is not null)
        {
            return false;
        }

        // Characters that Uri would take for syntax are encoded here, all others by Uri itself (RFC 3986, section 3.3).
        var encoded = Relative(path).Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);
        var text = encoded.Length == 0 ? _address.GetLeftPart(UriPartial.Path) : $"{_base}/{encoded}";
        if (!Uri.TryCreate(text + query, UriKind.Absolute, out var made) || !IsBelow(made))
        {
            problem = "The path leads out of the target.";
            return false;
        }

        address = made;
        return true;
    }

    private string? Problem(string path)
    {
        if (path.Any(char.IsControl) || path.EnumerateRunes().Contains(Rune.ReplacementChar) || path.Contains('\\') || path.Contains("%2F", StringComparison.OrdinalIgnoreCase) || path.Contains("%5C", StringComparison.OrdinalIgnoreCase))
        {
            return "A relayed path holds no control characters, no broken text, no backslash and no encoded slash: they could be read in two ways.";
        }

        // "a//b" and "a/./b" mean other things to other servers.
        var segments = Relative(path).Split('/');
        if (segments[..^1].Any(static segment => segment.Length == 0) || segments.Any(IsDots))
        {
            return "No part of a relayed path is empty, '.' or '..'.";
        }

        var asked = "/" + Relative(path);
        return _prefixes.Count == 0 || _prefixes.Any(prefix => IsPrefix(prefix, asked))
            ? null
            : $"The target '{Name}' is open below {string.Join(", ", _prefixes)}.";
    }

    // One slash in front is as none.
    private static string Relative(string path) => path.StartsWith('/') ? path[1..] : path;

    // A second decoding downstream would turn %2e into a dot, and some servers cut a segment at its ';' before they look at it.
    private static bool IsDots(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split(';').Any(static part => part is "." or "..");

    private static bool IsPrefix(string prefix, string path) =>
        prefix == "/" || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/'));

    private bool IsBelow(Uri made) =>
        made.Scheme == _address.Scheme && made.Host == _address.Host && made.Port == _address.Port && made.UserInfo.Length == 0
        && IsPrefix(_address.AbsolutePath.TrimEnd('/') is { Length: > 0 } own ? own : "/", made.AbsolutePath);
}
