using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// The stub blob service and downstream service of the warm-up, on a port of the loopback address. It stores nothing but the ids of blocks.
/// </summary>
internal sealed class StubServices : IAsyncDisposable
{
    // The storage client takes the first segment of a path below a bare address for the account.
    private const string Account = "/nowhere";

    private const int StoredBytes = 1 << 20;

    // The blocks that were put and not committed, whichever blob they were for: a resumable upload knows its own.
    private readonly ConcurrentQueue<string> _uncommitted = [];
    private readonly WebApplication _app;

    public StubServices(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging();
        configure(builder.Services);
        _app = builder.Build();
        _app.Run(RunWithAsync);
    }

    /// <summary>The address it listens on, once it has started.</summary>
    public Uri Address => new(_app.Urls.First() + Account);

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task RunWithAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var response = context.Response;
        response.Headers.ETag = "\"0x0\"";
        response.Headers["x-ms-request-id"] = WarmUpEnvironment.Name;
        response.Headers.LastModified = "Thu, 01 Jan 1970 00:00:00 GMT";
        if (HttpMethods.IsPut(context.Request.Method))
        {
            Note(context.Request.Query);
            response.StatusCode = StatusCodes.Status201Created;
            return;
        }

        if (context.Request.Query["comp"] == "blocklist")
        {
            response.ContentType = "application/xml";
            var blocks = string.Concat(_uncommitted.Select(static id => $"<Block><Name>{id}</Name><Size>1</Size></Block>"));
            await response.WriteAsync($"<BlockList><UncommittedBlocks>{blocks}</UncommittedBlocks></BlockList>", context.RequestAborted);
            return;
        }

        // A delivery checks whether it is a duplicate, and tries another name as long as the name is taken by something else.
        if (HttpMethods.IsHead(context.Request.Method)
            && context.Request.Path.StartsWithSegments(
                $"{Account}/{WarmUpEnvironment.Name}/{WarmUpEnvironment.Name}", StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers["x-ms-error-code"] = "BlobNotFound";
            return;
        }

        response.ContentLength = StoredBytes;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await new Zeros(StoredBytes).CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    private void Note(IQueryCollection query)
    {
        if (query["blockid"] is [{ } id])
        {
            _uncommitted.Enqueue(id);
        }
        else if (query["comp"] == "blocklist")
        {
            _uncommitted.Clear();
        }
    }
}
