using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.Results;

/// <summary>The path at which a stored blob is read.</summary>
internal static class BlobLocation
{
    // Not PathString.ToUriComponent: it takes "%20" in a name for an encoded space and leaves it unchanged.
    public static string Of(HttpRequest request, string container, string name) => string.Join(
        '/', $"{request.PathBase}/{SluiceRoutes.Prefix}/blobs/{container}/{name}".Split('/').Select(Uri.EscapeDataString));
}
