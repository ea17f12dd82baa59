using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.AspNetCore.Results;

namespace Sluice.UploadPage;

/// <summary>Adds the upload page to a host.</summary>
public static class UploadPageExtensions
{
    /// <summary>
    /// Registers the page that <c>GET /api/upload</c> returns: people drop files on it, and it uploads them to <c>/api/files</c>. It needs
    /// keys for resumable uploads (<c>Sluice:Resumable:Keys</c>). Call it before or after <c>AddSluice</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddSluiceUploadPage(this IServiceCollection services)
    {
        services.TryAddSingleton<IUploadPage, ComposedPage>();
        return services;
    }
}
