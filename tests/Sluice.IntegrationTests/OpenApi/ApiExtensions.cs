namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// What OpenAPI has no words for, in the extensions of Azure's own descriptions
/// (https://github.com/Azure/autorest/blob/main/docs/extensions/readme.md).
/// </summary>
internal static class ApiExtensions
{
    /// <summary>A family of headers that begin with this; the header or parameter is a map of what follows to the values.</summary>
    public const string Prefix = "x-ms-header-collection-prefix";

    /// <summary>A parameter that is the rest of the path: its slashes are not encoded.</summary>
    public const string Unencoded = "x-ms-skip-url-encoding";
}
