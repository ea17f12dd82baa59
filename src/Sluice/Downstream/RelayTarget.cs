using System.Diagnostics.CodeAnalysis;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Settings;

namespace Sluice.Downstream;

/// <summary>
/// A target, checked. Makes the address of a request from the target's own and a path, and from nothing else that a client sends: what
/// could be read in two ways is refused, and what came out is compared with the target once more.
/// </summary>
internal sealed class RelayTarget
{
    private static readonly string[] AllMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    // A query is the client's affair. Uri would decode some of it ("%41") and encode other parts ("|"),
    // and a signature over it would not hold.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

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
        MediaTypes = MediaTypePolicy.Compile(
            options.MediaTypes, new SettingProblems($"{RelayOptions.Section}:Targets:{name}:MediaTypes", null, []));
        Methods = options.Methods.Count == 0 ? AllMethods : [.. options.Methods.Select(static method => method.ToUpperInvariant())];
    }

    public string Name { get; }

    public RelayTargetOptions Options { get; }

    /// <summary>Which media types it takes; null for all.</summary>
    public MediaTypePolicy? MediaTypes { get; }

    /// <summary>The methods it takes, for <c>Allow</c>.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Says why a request can't go to this target, or null. Needs no byte of its body.</summary>
    public Failure? Check(string method, string path, long? length) =>
        Find(method, path, "", length).TryGet(out _, out var failure) ? null : failure;

    /// <summary>Returns the address of a request, or why it can't go to this target. Needs no byte of its body.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path, decoded.</param>
    /// <param name="query">Its query, encoded, with its question mark; or empty.</param>
    /// <param name="length">The declared length of its body, in bytes; null if it declares none.</param>
    public Result<Uri> Find(string method, string path, string query, long? length)
    {
        if (!Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        {
            return new Failure(
                FailureKind.MethodRefused, Phase.Admit, $"The target '{Name}' accepts {string.Join(", ", Methods)}.")
            { Allow = Methods };
        }

        if (!TryAddress(path, query, out var address, out var problem))
        {
            return new Failure(FailureKind.PathInvalid, Phase.Admit, problem);
        }

        return length > Options.MaxBytes
            ? new Failure(
                FailureKind.BodyTooLarge, Phase.Admit,
                $"The body is declared as {length} bytes; the target '{Name}' accepts at most {Options.MaxBytes}.")
            { LimitBytes = Options.MaxBytes }
            : address;
    }

    /// <summary>The address of a request.</summary>
    /// <param name="path">The path, decoded.</param>
    /// <param name="query">The query, encoded, with its question mark; or empty.</param>
    /// <param name="address">Below the target's own address, always.</param>
    /// <param name="problem">What is wrong with the path.</param>
    public bool TryAddress(string path, string query, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? problem)
    {
        var asked = new RelayPath(Name, path);
        (address, problem) = (null, Problem(asked));
        if (problem is not null)
        {
            return false;
        }

        // Characters that Uri would take for syntax, or cut off at the end, are encoded here, all others by Uri itself (RFC 3986,
        // section 3.3).
        var encoded = asked.Relative
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("?", "%3F", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal)
            .Replace(" ", "%20", StringComparison.Ordinal);
        var text = encoded.Length == 0 ? _address.GetLeftPart(UriPartial.Path) : $"{_base}/{encoded}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var made) || !IsBelow(made))
        {
            problem = "The path leads out of the target.";
            return false;
        }

        address = query.Length == 0 ? made : new Uri(made.AbsoluteUri + Sendable(query), AsWritten);
        return true;
    }

    // Only what would end the query, or the line that it is sent in, is encoded:
    // HTTP/2 brings a space here, which HTTP/1.1 could not pass on.
    private static string Sendable(string query) => query.All(IsSendable)
        ? query
        : string.Concat(query.EnumerateRunes().Select(static rune =>
            rune.IsAscii && IsSendable((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    private static bool IsSendable(char c) => c is > ' ' and <= '~' and not '#';

    private string? Problem(RelayPath path)
    {
        var asked = "/" + path.Relative;
        return RelayPath.Problem(path.Path)
            ?? (_prefixes.Count == 0 || _prefixes.Any(prefix => IsPrefix(prefix, asked))
                ? null
                : $"The target '{Name}' is open below {string.Join(", ", _prefixes)}.");
    }

    private static bool IsPrefix(string prefix, string path) =>
        prefix == "/"
            || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/'));

    private bool IsBelow(Uri made) =>
        made.Scheme == _address.Scheme && made.Host == _address.Host && made.Port == _address.Port && made.UserInfo.Length == 0
        && IsPrefix(_address.AbsolutePath.TrimEnd('/') is { Length: > 0 } own ? own : "/", made.AbsolutePath);
}
