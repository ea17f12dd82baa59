using Sluice.Routing.Templates;

namespace Sluice.Webhooks;

/// <summary>
/// The id of the event that tells of a stored delivery. It is signed by Standard Webhooks, which ends it by a full stop, so it has none;
/// and whoever gets it knows repetitions by it, so two deliveries never have the same.
/// </summary>
internal static class EventId
{
    /// <summary>
    /// The source and the delivery; <c>_</c> stands for a full stop, <c>~_</c> and <c>~~</c> for what these are themselves.
    /// </summary>
    /// <param name="source">The source's name.</param>
    /// <param name="delivery">The sender's name of the delivery.</param>
    /// <param name="suffix">What tells it from other bytes of that name; null for the first.</param>
    public static string Of(string source, string delivery, string? suffix) => $"{source}/{NameValue.Safe(delivery)}{(suffix is null ? "" : $"/{suffix[1..]}")}"
        .Replace("~", "~~", StringComparison.Ordinal).Replace("_", "~_", StringComparison.Ordinal).Replace('.', '_');
}
