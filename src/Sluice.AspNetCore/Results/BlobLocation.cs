using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.Results;

/// <summary>The paths at which a container is listed and a stored blob is read. A name's slashes are never encoded.</summary>
internal static class BlobLocation
{
    public static string Of(HttpRequest request, string container, string name) => Path(request, $"{container}/{name}");

    public static string OfContainer(HttpRequest request, string container) => Path(request, container);

    // Not PathString.ToUriComponent: it takes "%20" in a name for an encoded space and leaves it unchanged.
    private static string Path(HttpRequest request, string place) => string.Join(
        '/', $"{request.PathBase}/{SluiceRoutes.Prefix}/blobs/{place}".Split('/').Select(Uri.EscapeDataString));
}
