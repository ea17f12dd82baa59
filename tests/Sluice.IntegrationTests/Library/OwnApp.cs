using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore;
using Sluice.Body;
using Sluice.IntegrationTests.Hosting;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Library;

/// <summary>An app with endpoints of its own, and none of Sluice's.</summary>
public sealed class OwnApp(AzuriteFixture azurite) : LibraryApp
{
    public string Container { get; private set; } = "";

    /// <summary>What the last endpoint that keeps it has got.</summary>
    public UploadResult? Result { get; private set; }

    /// <summary>The library, as code of the app's own gets it.</summary>
    public SluiceUploads Uploads => (SluiceUploads)Services.GetService(typeof(SluiceUploads))!;

    protected override async Task<IReadOnlyDictionary<string, string?>> SettingsAsync()
    {
        Container = (await azurite.NewContainerAsync()).Name;
        return new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = Container,
            ["Sluice:Relay:Targets:down:Address"] = "http://127.0.0.1:9",
        };
    }

    protected override void Map(WebApplication app)
    {
        app.MapPut("/policy/{name}", (HttpRequest request, string name, SluiceUploads uploads) => uploads.StoreAsync(
            request,
            Container,
            name,
            new UploadPolicy
            {
                MaxBytes = 1_000_000,
                MediaTypes = new MediaTypePolicyOptions { Allow = { "image/*" } },
                CreateOnly = true,
                Metadata = new Dictionary<string, string> { ["tenant"] = "contoso" },
            }));
        app.MapPut("/plain/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
        {
            Result = await uploads.StoreAsync(request, Container, name);
            return Result.IsSuccess
                ? TypedResults.Text($"{Result.Receipt!.Bytes}")
                : (IResult)TypedResults.Text($"{Result.Failure.Kind}", statusCode: 418);
        });
        app.MapPost("/twice/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
        {
            await uploads.StoreAsync(request, Container, name);
            try
            {
                return (IResult)await uploads.StoreAsync(request, Container, name);
            }
            catch (InvalidOperationException e)
            {
                return TypedResults.Text(e.GetType().Name);
            }
        });
        app.MapPost("/relay", (HttpRequest request, SluiceUploads uploads) => uploads.RelayAsync(request, "down", "/x"));
        app.MapPost("/relay/{path}", async (HttpRequest request, string path, SluiceUploads uploads) =>
            Result = await uploads.RelayAsync(request, "service", path));
        app.MapPost("/tee/{name}", (HttpRequest request, string name, SluiceUploads uploads) => uploads.TeeAsync(
            request, Container, name, "down", "/x", TeeCommit.BlobFirst));
        app.MapPost("/tee/{name}/{path}/{commit}", async (
            HttpRequest request, string name, string path, TeeCommit commit, SluiceUploads uploads) =>
                Result = await uploads.TeeAsync(request, Container, name, "service", path, commit));
        app.MapPost("/peek/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
        {
            var peek = await uploads.PeekAsync(request);
            return peek.JsonText("/keep") == "true"
                ? await uploads.StoreAsync(request, Container, name)
                : (IResult)TypedResults.Text($"{peek.MediaType} {peek.IsWhole} {peek.FirstBytes.Length}");
        });
        app.MapPost("/generated/{name}", async (string name, long bytes, bool known, SluiceUploads uploads) =>
        {
            using var body = new MemoryStream(new byte[bytes]);
            Result = known
                ? await uploads.StoreAsync(body, Container, name)
                : await uploads.StoreAsync(new ForwardOnly(body), Container, name);
            return (IResult)Result;
        });
    }

    private sealed class ForwardOnly(Stream inner) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);
    }
}
