namespace Sluice.AspNetCore.Policies;

/// <summary>Why the policy service refuses an upload.</summary>
/// <param name="Status">The HTTP status, 400 to 599; 403 if there is none.</param>
/// <param name="Reason">The problem's detail, which the client sees.</param>
internal sealed record PolicyRefusal(int? Status, string? Reason);
