using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sluice.Benchmarks.Compare;

/// <summary>
/// What people write instead: an ASP.NET Core app with its defaults that hands the request's body to the storage SDK, by each of the two
/// calls that take a stream. Only the limit on the size of bodies is lifted, without which it would take none of these, and nothing is
/// logged.
/// </summary>
internal static class SdkApp
{
    /// <param name="port">Where to listen.</param>
    /// <param name="connectionString">Where to store.</param>
    /// <param name="tls">For TLS, the files of a certificate and of its key.</param>
    public static async Task RunAsync(int port, string connectionString, string[] tls)
    {
        var builder = LoopbackApp.CreateBuilder(port, tls);
        var container = new BlobContainerClient(connectionString, DiscardingBlobService.Container);
        var app = builder.Build();
        app.MapPut("/upload/{name}", async (string name, HttpRequest request) =>
        {
            await container.GetBlobClient(name).UploadAsync(request.Body, overwrite: true);
            return Results.Created();
        });
        app.MapPut("/write/{name}", async (string name, HttpRequest request) =>
        {
            await using var stream = await container.GetBlobClient(name).OpenWriteAsync(overwrite: true);
            await request.Body.CopyToAsync(stream);
            return Results.Created();
        });
        app.MapGet("/read/{name}", async (string name) =>
            Results.Stream((await container.GetBlobClient(name).DownloadStreamingAsync()).Value.Content));
        await app.RunAsync();
    }
}
