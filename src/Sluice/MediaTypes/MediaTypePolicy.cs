using Sluice.Failures;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.MediaTypes;

/// <summary>Which media types are accepted: <see cref="MediaTypePolicyOptions"/>, compiled.</summary>
internal sealed class MediaTypePolicy
{
    private const string AnyImage = "image/*";

    private readonly IReadOnlyList<IPattern> _allow;
    private readonly IReadOnlyList<IPattern> _refuse;
    private readonly bool _refuseContradiction;
    private MediaTypePolicy? _also;

    private MediaTypePolicy(IReadOnlyList<IPattern> allow, IReadOnlyList<IPattern> refuse, bool refuseContradiction)
    {
        _allow = allow;
        _refuse = refuse;
        _refuseContradiction = refuseContradiction;
    }

    /// <summary>Compiles a policy. Null if there is none, or if it accepts everything.</summary>
    /// <param name="options">The policy as configured.</param>
    /// <param name="problems">The section of <paramref name="options"/>, where invalid patterns are reported.</param>
    public static MediaTypePolicy? Compile(MediaTypePolicyOptions? options, SettingProblems problems) =>
        options is null or { Allow.Count: 0, Refuse.Count: 0, RefuseContradiction: false }
            ? null
            : new MediaTypePolicy(
                MediaTypePattern.Compile(options.Allow, "Allow", problems),
                MediaTypePattern.Compile(options.Refuse, "Refuse", problems),
                options.RefuseContradiction);

    /// <summary>The policy that accepts what both accept. Null where there is none.</summary>
    public static MediaTypePolicy? Both(MediaTypePolicy? one, MediaTypePolicy? other) => one is null || other is null
        ? one ?? other
        : new MediaTypePolicy(one._allow, one._refuse, one._refuseContradiction)
        { _also = one._also is null ? other : Both(one._also, other) };

    /// <summary>Returns why a body is not accepted, or null.</summary>
    /// <param name="declared">The value of <c>Content-Type</c>; null or blank for none.</param>
    /// <param name="sniffed">What the first bytes show; null for an empty body.</param>
    /// <param name="contentEncoding">The value of <c>Content-Encoding</c>; null for none.</param>
    public Failure? Check(string? declared, string? sniffed, string? contentEncoding = null) =>
        Check(declared, sniffed, contentEncoding, isSeen: true);

    /// <summary>Returns why a body of which no byte has arrived yet is not accepted, or null.</summary>
    /// <inheritdoc cref="Check(string?, string?, string?)"/>
    /// <param name="declared"/><param name="contentEncoding"/>
    public Failure? CheckDeclared(string? declared, string? contentEncoding) =>
        Check(declared, sniffed: null, contentEncoding, isSeen: false);

    private Failure? Check(string? declared, string? sniffed, string? contentEncoding, bool isSeen)
    {
        if (_also?.Check(declared, sniffed, contentEncoding, isSeen) is { } refused)
        {
            return refused;
        }

        var said = MediaTypeName.Bare(declared) is { } name && !MediaTypeName.DeclaresNothing(name) ? name : null;
        var shown = MediaTypeName.Bare(sniffed) is { } type && !(said is not null && MediaTypeName.IsInconclusive(type)) ? type : null;
        var contradiction = MediaTypeContradiction.Between(declared, sniffed, contentEncoding);

        if ((First(_refuse, said) ?? First(_refuse, shown)) is { } pattern)
        {
            return Refused($"'{pattern.Text}' is refused", declared, sniffed, isSeen);
        }

        if (_allow.Count > 0 && !Allowed(said, shown, contradiction))
        {
            var allowed = Redaction.Short(string.Join(", ", _allow.Select(static pattern => pattern.Text)));
            return Refused($"only {allowed} is accepted", declared, sniffed, isSeen);
        }

        return contradiction && _refuseContradiction ? Refused("the body contradicts its declared type", declared, sniffed, isSeen) : null;
    }

    private static IPattern? First(IReadOnlyList<IPattern> patterns, string? mediaType) =>
        mediaType is null ? null : patterns.FirstOrDefault(pattern => pattern.Matches(mediaType));

    private static Failure Refused(string why, string? declared, string? sniffed, bool isSeen)
    {
        var said = MediaTypeName.Bare(declared) is { } name ? $"the declared type is {Redaction.Short(name)}" : "no type is declared";
        var shown = !isSeen ? "" : sniffed is null ? ", and the body is empty" : $", and the detected type is {sniffed}";
        return new Failure(
            FailureKind.MediaTypeRefused, Phase.Route, $"The media type is not accepted ({why}): {said}{shown}.");
    }

    // Bytes whose sniffed type is not on the list are accepted under their declared type, if they can be of that type.
    private bool Allowed(string? said, string? shown, bool contradiction) => said is null
        ? IsAllowed(shown)
        : IsAllowed(said) && (shown is null || !contradiction || IsAllowed(shown));

    // SVG is an image to people and a document with scripts to a browser. A list with image/* is meant for pictures, so SVG has to be
    // listed by name.
    private bool IsAllowed(string? mediaType) => mediaType is not null && _allow.Any(pattern =>
        pattern.Matches(mediaType)
            && !(pattern.Text.Equals(AnyImage, StringComparison.OrdinalIgnoreCase) && mediaType.EndsWith("xml", StringComparison.Ordinal)));
}
