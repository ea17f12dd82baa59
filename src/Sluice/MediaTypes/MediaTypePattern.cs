using Sluice.Settings;

namespace Sluice.MediaTypes;

/// <summary>
/// A media type in which <c>*</c> stands for any characters, or none: <c>image/*</c>, <c>application/*+json</c>. Case does not matter, and
/// <c>image/jpg</c> matches <c>image/jpeg</c>: a type matches under any of its names.
/// </summary>
internal sealed class MediaTypePattern : IPattern
{
    private readonly TextPattern _asWritten;
    private readonly TextPattern _canonical;

    public MediaTypePattern(string text)
    {
        Text = text;
        _asWritten = new TextPattern(text.ToLowerInvariant());
        _canonical = new TextPattern(MediaTypeName.Canonical(text.ToLowerInvariant()));
    }

    public string Text { get; }

    /// <summary>Compiles a list of patterns. Invalid ones are reported.</summary>
    public static IReadOnlyList<IPattern> Compile(IEnumerable<string> texts, string key, SettingProblems problems) =>
        PatternList.Compile(texts, key, Problem, static text => new MediaTypePattern(text), problems);

    /// <summary>Whether a bare media type matches.</summary>
    public bool Matches(string value) => _asWritten.Matches(value) || _canonical.Matches(MediaTypeName.Canonical(value));

    private static string? Problem(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts is [{ Length: > 0 }, { Length: > 0 }] && !text!.Any(static c => c is <= ' ' or ';' or ',' or > '~')
            ? null
            : "a media type consists of a type, a slash and a subtype, without parameters, for instance image/png or image/*";
    }
}
