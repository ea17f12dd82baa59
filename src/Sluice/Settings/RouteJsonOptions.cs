using System.Diagnostics.CodeAnalysis;

namespace Sluice.Settings;

/// <summary>
/// A value in a JSON body. It is looked for within the peek window (<c>Sluice:Peek:WindowBytes</c>): what lies beyond is not seen, and does
/// not hold.
/// </summary>
public sealed class RouteJsonOptions
{
    /// <summary>
    /// Where the value is: a JSON Pointer (RFC 6901) such as <c>/order/type</c>; empty for the whole document. Required. No default.
    /// </summary>
    [SuppressMessage("Naming", "CA1720", Justification = "RFC 6901 calls it so.")]
    public string? Pointer { get; set; }

    /// <summary>
    /// Patterns of the value: of a string its text, of a number, <c>true</c>, <c>false</c> or <c>null</c> what is written. Objects and
    /// arrays match none. The default is empty: any value, also those.
    /// </summary>
    public IList<string> Values { get; } = [];

    /// <summary>
    /// false: holds when the value is not seen, be it missing, beyond the window, or because the body is no JSON. Not together with
    /// <see cref="Values"/>. The default is null, the same as true: holds when it is seen.
    /// </summary>
    public bool? Seen { get; set; }
}
