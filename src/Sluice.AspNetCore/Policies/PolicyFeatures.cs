namespace Sluice.AspNetCore.Policies;

/// <summary>What storage does with the blob, as in <c>Sluice:Blob:Features</c>.</summary>
/// <param name="Tier">The access tier.</param>
/// <param name="Tags">Index tags.</param>
/// <param name="DeleteAfterDays">After how many days it is deleted.</param>
/// <param name="ImmutableDays">For how many days it is immutable.</param>
/// <param name="Locked">Whether that policy is locked.</param>
/// <param name="LegalHold">Whether it is under a legal hold.</param>
internal sealed record PolicyFeatures(
    string? Tier, IReadOnlyDictionary<string, string>? Tags, int? DeleteAfterDays, int? ImmutableDays, bool? Locked, bool? LegalHold);
