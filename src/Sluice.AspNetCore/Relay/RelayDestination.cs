using Sluice.Downstream;

namespace Sluice.AspNetCore.Relay;

/// <summary>Where a relayed request goes.</summary>
/// <param name="Target">The configured target.</param>
/// <param name="Address">The complete address there.</param>
/// <param name="Authorization">Its <c>Authorization</c>; null if the target requires none.</param>
internal sealed record RelayDestination(RelayTarget Target, Uri Address, string? Authorization)
{
    /// <summary>Identifies the request, if it may be repeated.</summary>
    public Guid? IdempotencyKey { get; init; }
}
