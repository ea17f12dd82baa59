using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.Results;

/// <summary>The paths at which a container is listed and a stored blob is read. A name's slashes are never encoded.</summary>
internal static class BlobLocation
{
    /// <param name="request">The request, whose path base comes first.</param>
    /// <param name="container">The container.</param>
    /// <param name="name">The blob's name; null for the container itself.</param>
    public static string Of(HttpRequest request, string container, string? name = null)
    {
        var place = name is null ? container : $"{container}/{name}";
        // Not PathString.ToUriComponent: it takes "%20" in a name for an encoded space and leaves it unchanged.
        return string.Join(
            '/', $"{request.PathBase}/{SluiceRoutes.Prefix}/blobs/{place}".Split('/').Select(Uri.EscapeDataString));
    }
}
