namespace Sluice.Body;

/// <summary>
/// The sender of a body: whose share of memory the body uses, and how its upload is ended when it is too slow and others wait for memory.
/// </summary>
/// <param name="Caller">The function key, webhook source or address that the body comes from.</param>
/// <param name="IsVouchedFor">
/// Whether the claimed origin has been confirmed. A webhook's signature can only be confirmed at the end of the body.
/// </param>
/// <param name="Idle">Measures how long the sender was waited for, and ends the upload when it stalls.</param>
internal sealed record BodySender(string Caller, bool IsVouchedFor, IdleTimer Idle);
