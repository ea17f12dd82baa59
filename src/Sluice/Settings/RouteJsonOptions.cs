using System.Diagnostics.CodeAnalysis;

namespace Sluice.Settings;

/// <summary>
/// A condition on a value in a JSON body. Only the peek window (<c>Sluice:Peek:WindowBytes</c>) is searched: a value beyond it is not found
/// and does not match.
/// </summary>
public sealed class RouteJsonOptions
{
    /// <summary>
    /// Where the value is: a JSON Pointer (RFC 6901) such as <c>/order/type</c>; empty for the whole document. Required. No default.
    /// </summary>
    [SuppressMessage("Naming", "CA1720", Justification = "RFC 6901 calls it so.")]
    public string? Pointer { get; set; }

    /// <summary>
    /// Patterns of the value. A string is matched by its text; a number, <c>true</c>, <c>false</c> or <c>null</c> as written. Objects and
    /// arrays match no pattern. The default is empty: any value, including objects and arrays.
    /// </summary>
    public IList<string> Values { get; } = [];

    /// <summary>
    /// If false, the condition matches when the value is not found: because it is missing, lies beyond the window, or the body is not JSON.
    /// Can't be combined with <see cref="Values"/>. The default is null, the same as true: the condition matches when the value is found.
    /// </summary>
    public bool? Seen { get; set; }
}
