using Microsoft.AspNetCore.Http;
using Sluice.Storage;

namespace Sluice.AspNetCore.Requests;

/// <summary>What the path of a request names: a container, and a blob in it.</summary>
internal static class BlobPath
{
    /// <summary>The container, by the name that clients use.</summary>
    public static string Container(HttpRequest request) => request.RouteValues["container"] as string ?? "";

    /// <summary>
    /// The name. Generated clients encode its slashes (<c>%2F</c>), as they encode every path parameter. Servers decode everything else in
    /// a path once and leave these, and proxies may decode them, or encode the percent sign again: both <c>%2F</c> and <c>%252F</c> can
    /// arrive here as <c>%2F</c>. No name contains <c>%2F</c> (<c>BlobName</c>), so it always means a slash. This is the only place that
    /// decodes it, before any check of the name.
    /// </summary>
    public static string Name(HttpRequest request) =>
        (request.RouteValues["name"] as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The blob.</summary>
    public static BlobTarget Target(HttpRequest request) => new(Container(request), Name(request));
}
