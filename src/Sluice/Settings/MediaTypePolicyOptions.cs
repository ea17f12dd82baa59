namespace Sluice.Settings;

/// <summary>
/// Which media types are let in. Two are looked at: the one that <c>Content-Type</c> declares, and the one that the first bytes show. Of a
/// body that declares nothing (or <c>application/octet-stream</c>), only the second; of bytes that show nothing (<c>text/plain</c>,
/// <c>application/octet-stream</c>), only the first. What is not let in is refused with 415.
/// </summary>
public sealed class MediaTypePolicyOptions
{
    /// <summary>
    /// Patterns such as <c>image/*</c>. The declared type has to match one; the bytes have to match one, or to be what was declared
    /// (<c>application/geo+json</c> is JSON). <c>image/*</c> is every image but SVG, which has scripts: <c>image/svg+xml</c> lets it in.
    /// The default is empty: all types.
    /// </summary>
    public IList<string> Allow { get; } = [];

    /// <summary>
    /// Patterns of types that are refused, declared or shown. They go before <see cref="Allow"/>. The default is empty: none.
    /// </summary>
    public IList<string> Refuse { get; } = [];

    /// <summary>
    /// Whether a body is refused whose bytes show another type than it declares, in a way that matters: an image that is a program, not
    /// <c>image/jpg</c> that is <c>image/jpeg</c>. The default is false.
    /// </summary>
    public bool RefuseContradiction { get; set; }
}
