namespace Sluice.AspNetCore.Relay;

/// <summary>The response to an event.</summary>
/// <param name="Status">Its status.</param>
/// <param name="RetryAfter">When the service wants the next attempt (RFC 9110, section 10.2.3); null if it does not say.</param>
internal sealed record EventAnswer(int Status, TimeSpan? RetryAfter)
{
    /// <summary>Whether the service has the event.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
