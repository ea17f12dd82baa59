namespace Sluice.Settings;

/// <summary>
/// Which media types are accepted. Two types are checked: the declared one in <c>Content-Type</c>, and the one detected from the first
/// bytes. If a body declares no type (or <c>application/octet-stream</c>), only the detected type is checked. If the bytes show no specific
/// type (<c>text/plain</c>, <c>application/octet-stream</c>), only the declared type is checked. A body that is not accepted is refused
/// with 415.
/// </summary>
public sealed class MediaTypePolicyOptions
{
    /// <summary>
    /// Patterns such as <c>image/*</c>. The declared type must match one. The detected type must match one, or agree with the declared type
    /// (<c>application/geo+json</c> is JSON). <c>image/*</c> is every image except SVG, which can contain scripts; <c>image/svg+xml</c>
    /// accepts it. The default is empty: all types.
    /// </summary>
    public IList<string> Allow { get; } = [];

    /// <summary>
    /// Patterns of types that are refused, declared or detected. They take precedence over <see cref="Allow"/>. The default is empty: none.
    /// </summary>
    public IList<string> Refuse { get; } = [];

    /// <summary>
    /// Whether a body is refused if its detected type contradicts its declared type in a way that matters. An image that is really a
    /// program matters; <c>image/jpg</c> that is <c>image/jpeg</c> does not. The default is false.
    /// </summary>
    public bool RefuseContradiction { get; set; }
}
