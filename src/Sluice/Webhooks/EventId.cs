using Sluice.Routing.Templates;

namespace Sluice.Webhooks;

/// <summary>
/// The id of the event that reports a stored delivery. Standard Webhooks signs it with a full stop after it, so the id contains none.
/// Receivers use it to recognize repetitions, so two deliveries never have the same.
/// </summary>
internal static class EventId
{
    /// <summary>
    /// Combines the source and the delivery; <c>_</c> replaces a full stop, <c>~_</c> and <c>~~</c> replace these characters themselves.
    /// </summary>
    /// <param name="source">The source's name.</param>
    /// <param name="delivery">The sender's id of the delivery.</param>
    /// <param name="suffix">Distinguishes it from other bytes with that id; null for the first.</param>
    public static string Of(string source, string delivery, string? suffix) =>
        $"{source}/{NameValue.Safe(delivery)}{(suffix is null ? "" : $"/{suffix[1..]}")}"
        .Replace("~", "~~", StringComparison.Ordinal).Replace("_", "~_", StringComparison.Ordinal).Replace('.', '_');
}
