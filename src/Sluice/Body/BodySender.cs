namespace Sluice.Body;

/// <summary>Who sends a body: whose share of memory it takes, and how it is told to hurry when others wait for some.</summary>
/// <param name="Caller">The key, the source of webhooks or the address that it comes from.</param>
/// <param name="IsVouchedFor">Whether something says that it comes from where it claims to. A webhook's signature is only known to be good at the body's end.</param>
/// <param name="Idle">Counts how long it was waited for, and ends it.</param>
internal sealed record BodySender(string Caller, bool IsVouchedFor, IdleTimer Idle);
