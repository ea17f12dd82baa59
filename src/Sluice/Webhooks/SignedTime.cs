using System.Globalization;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>
/// The time at which a delivery was signed, in seconds since 1970. It must be close to ours, in both directions: a recorded delivery
/// can't be replayed much later, and one signed for the future can't be stored up.
/// </summary>
/// <param name="tolerance">The largest allowed difference from our time, inclusive.</param>
internal sealed class SignedTime(TimeSpan tolerance)
{
    // 11 digits last until the year 5138.
    private const int MaxDigits = 11;

    /// <summary>Null if the text is a time that is close enough. Digits only: no sign, no white space, no fraction.</summary>
    public Failure? Check(string header, string text, DateTimeOffset now)
    {
        if (text.Length > MaxDigits || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return SignatureFailure.Malformed(header, "the timestamp is not a number of seconds since 1970");
        }

        return Math.Abs(now.ToUnixTimeSeconds() - seconds) > tolerance.TotalSeconds ? SignatureFailure.Stale(header) : null;
    }
}
