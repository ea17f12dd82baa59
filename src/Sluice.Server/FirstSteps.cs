using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.Settings;

namespace Sluice.Server;

/// <summary>Prints what to type next on a fresh machine.</summary>
internal static class FirstSteps
{
    public static void SayWhenListening(WebApplication app, Action<string> say)
    {
        var blob = app.Services.GetRequiredService<IOptions<BlobOptions>>().Value;
        var local = blob.Containers.Concat(
            blob.Aliases.Where(static alias => !alias.Value.Contains('/')).Select(static alias => alias.Key)).FirstOrDefault();
        if (local is null || !LocalStorage.IsMeantBy(blob.ConnectionString))
        {
            return;
        }

        var reference = ReferencePage.PathOn(app);
        app.Lifetime.ApplicationStarted.Register(() => say($"""

            Sluice listens on {app.Urls.First()} and stores into Azurite. In another terminal:

              head -c 100000000 /dev/urandom | curl -T - {app.Urls.First()}/api/blobs/{local}/hello.bin
              curl {app.Urls.First()}/api/blobs/{local}/hello.bin | wc -c

            In a browser:

              {app.Urls.First()}/{SluiceRoutes.Prefix}/{SluiceRoutes.UploadPage}    drop files, and resume them
            {(reference is null ? "" : $"  {app.Urls.First()}{reference}      read the API, and try it\n")}
            """));
    }
}
