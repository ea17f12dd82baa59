using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.Body;
using Sluice.IntegrationTests.Hosting;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Library;

/// <summary>An ASP.NET Core app of somebody else, with Sluice as a library and endpoints of its own.</summary>
public sealed class OwnApp(AzuriteFixture azurite) : IAsyncLifetime
{
    private WebApplication? _app;

    public string Container { get; private set; } = "";

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>What the last endpoint that keeps it has got.</summary>
    public UploadResult? Result { get; private set; }


    public async ValueTask InitializeAsync()
    {
        Container = (await azurite.NewContainerAsync()).Name;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = azurite.ConnectionString,
            ["Sluice:Blob:Containers:0"] = Container,
            ["Sluice:Relay:Targets:self:Address"] = "http://127.0.0.1:9",
        });
        builder.Services.AddSluice(builder.Configuration);
        _app = builder.Build();
        _app.UseRouting();
        _app.MapPut("/policy/{name}", (HttpRequest request, string name, SluiceUploads uploads) => uploads.StoreAsync(
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
        _app.MapPut("/plain/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
        {
            Result = await uploads.StoreAsync(request, Container, name);
            return Result.IsSuccess
                ? TypedResults.Text($"{Result.Receipt!.Bytes}")
                : (IResult)TypedResults.Text($"{Result.Failure.Kind}", statusCode: 418);
        });
        _app.MapPost("/twice/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
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
        _app.MapPost("/relay", (HttpRequest request, SluiceUploads uploads) => uploads.RelayAsync(request, "self", "/x"));
        _app.MapPost("/tee/{name}", (HttpRequest request, string name, SluiceUploads uploads) => uploads.TeeAsync(
            request, Container, name, "self", "/x", TeeCommit.BlobFirst));
        _app.MapPost("/peek/{name}", async (HttpRequest request, string name, SluiceUploads uploads) =>
        {
            var peek = await uploads.PeekAsync(request);
            return peek.JsonText("/keep") == "true"
                ? await uploads.StoreAsync(request, Container, name)
                : (IResult)TypedResults.Text($"{peek.MediaType} {peek.IsWhole} {peek.FirstBytes.Length}");
        });
        _app.MapPost("/generated/{name}", async (string name, long bytes, bool known, SluiceUploads uploads) =>
        {
            using var body = new MemoryStream(new byte[bytes]);
            Result = known
                ? await uploads.StoreAsync(body, Container, name)
                : await uploads.StoreAsync(new ForwardOnly(body), Container, name);
            return (IResult)Result;
        });
        _app.UseEndpoints(static _ => { });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    /// <summary>The library, as code of the app's own gets it.</summary>
    public SluiceUploads Uploads => (SluiceUploads)_app!.Services.GetService(typeof(SluiceUploads))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private sealed class ForwardOnly(Stream inner) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);
    }
}
