namespace Sluice.IntegrationTests.OpenApi;

/// <summary>Something that a request carries beside its body.</summary>
/// <param name="In">Where: <c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it means, in one sentence.</param>
internal sealed record ApiParameter(string In, string Name, string Description)
{
    /// <summary>
    /// Set for a family of headers that begin alike, <c>x-ms-meta-</c>: the parameter is a map of what follows to the values.
    /// </summary>
    public string? Prefix { get; init; }
}
