namespace Sluice.AspNetCore.Relay;

/// <summary><c>Retry-After</c> (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfterField
{
    /// <summary>The time until the next attempt that a response asks for; null if it does not.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - time.GetUtcNow() is var left && left > TimeSpan.Zero => left,
        _ => null,
    };
}
