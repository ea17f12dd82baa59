namespace Sluice.Resumable;

/// <summary>An upload's uncommitted blocks at one moment.</summary>
/// <param name="State">The state they describe; null if the upload has none, or if it is complete.</param>
/// <param name="Now">Storage's clock at that moment.</param>
/// <param name="Listing">The blocks.</param>
internal sealed record ChainReading(ChainState? State, DateTimeOffset Now, ChainListing Listing);
