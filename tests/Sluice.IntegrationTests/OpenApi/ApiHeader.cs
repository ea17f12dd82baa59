namespace Sluice.IntegrationTests.OpenApi;

/// <summary>A header of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says, in one sentence.</param>
internal sealed record ApiHeader(string Name, string Description)
{
    /// <summary>Tells headers of one name apart that say different things (<c>Location</c> of a blob, of an upload).</summary>
    public string? Variant { get; init; }

    /// <summary>Set for a family of headers that begin alike, as for <see cref="ApiParameter.Prefix"/>.</summary>
    public string? Prefix { get; init; }
}
