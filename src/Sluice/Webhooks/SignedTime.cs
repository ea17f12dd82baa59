using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// The time at which a delivery was signed. It must be close to ours, in both directions: a recorded delivery can't be replayed much later,
/// and one signed for the future can't be stored up.
/// </summary>
/// <param name="tolerance">The largest allowed difference from our time, inclusive.</param>
/// <param name="format">How it is written. Each has one text for a time only, whose ends can be found without a separator.</param>
internal sealed partial class SignedTime(TimeSpan tolerance, WebhookTimestampFormat format = WebhookTimestampFormat.Seconds)
{
    // 11 digits last until the year 5138.
    private const int MaxDigits = 11;
    private const int MaxMilliseconds = MaxDigits + 3;

    /// <summary>
    /// Null if the text is a time that is close enough. No white space, no sign, no leading zero, no other way to write it.
    /// </summary>
    public Failure? Check(string header, string text, DateTimeOffset now) =>
        Read(text) is { } time
            ? Check(header, time.ToUnixTimeSeconds(), now)
            : SignatureFailure.Malformed(header, $"the timestamp is not {Expected}");

    /// <summary>Null if a time is close enough, in seconds since 1970.</summary>
    public Failure? Check(string header, long seconds, DateTimeOffset now) =>
        Math.Abs(now.ToUnixTimeSeconds() - seconds) > tolerance.TotalSeconds ? SignatureFailure.Stale(header) : null;

    private string Expected => format switch
    {
        WebhookTimestampFormat.Seconds => "a number of seconds since 1970",
        WebhookTimestampFormat.Milliseconds => "a number of milliseconds since 1970",
        WebhookTimestampFormat.Iso8601 => "a date and time with an offset, such as 2026-01-01T00:00:00Z",
        _ => "a date such as Thu, 01 Jan 2026 00:00:00 GMT",
    };

    private DateTimeOffset? Read(string text) => format switch
    {
        WebhookTimestampFormat.Seconds => Number(text, MaxDigits) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        WebhookTimestampFormat.Milliseconds =>
            Number(text, MaxMilliseconds) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null,
        WebhookTimestampFormat.Iso8601 => Iso8601().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
        _ => DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
    };

    private static long? Number(string text, int maxDigits) =>
        text.Length <= maxDigits && !text.StartsWith('0')
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Iso8601();
}
