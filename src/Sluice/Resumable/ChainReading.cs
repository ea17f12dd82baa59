namespace Sluice.Resumable;

/// <summary>An upload's uncommitted blocks at one moment.</summary>
/// <param name="State">What they say; null where there are none of it, or where it is complete.</param>
/// <param name="Now">Storage's clock at that moment.</param>
/// <param name="Listing">The blocks.</param>
internal sealed record ChainReading(ChainState? State, DateTimeOffset Now, ChainListing Listing);
