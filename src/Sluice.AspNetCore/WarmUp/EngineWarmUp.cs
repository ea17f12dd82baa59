using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Routing;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// Uploads through an engine of its own, without a host: the pipeline, the storage client and its HTTP client are most of what an upload
/// needs. The requests of <see cref="WarmUpRun"/> find them compiled.
/// </summary>
internal static class EngineWarmUp
{
    /// <summary>Uploads a body of one byte and one of several blocks.</summary>
    /// <param name="configure">Adds what the engine needs, with the stub for its blob service.</param>
    /// <param name="blockBytes">The size of a block.</param>
    /// <param name="cancellationToken">Cancels the uploads.</param>
    public static async Task RunAsync(Action<IServiceCollection> configure, int blockBytes, CancellationToken cancellationToken)
    {
        // As in WarmUpRun: none of this may appear in any traces.
        using var unsampled = new Activity(WarmUpEnvironment.Name).Start();
        var services = new ServiceCollection();
        services.AddLogging();
        configure(services);
        services.AddSluiceEngine();
        await using var engine = services.BuildServiceProvider();
        var pipeline = engine.GetRequiredService<UploadPipeline>();
        foreach (var bytes in (int[])[1, 3 * blockBytes])
        {
            await StoreAsync(pipeline, bytes, cancellationToken);
        }
    }

    private static async Task StoreAsync(UploadPipeline pipeline, int bytes, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(pipe.Writer, bytes);
        var upload = new Upload
        {
            Body = new IncomingBody(pipe.Reader, static _ => false),
            IsOfApp = true,
            Destination = new Destination(new BlobTarget(WarmUpEnvironment.Name, "x")),
        };
        Result<UploadOutcome> stored;
        try
        {
            stored = await pipeline.TakeAsync(upload, cancellationToken);
        }
        finally
        {
            // Lets the writer end, however much was read.
            await pipe.Reader.CompleteAsync();
            await writing;
        }

        if (stored.Failure is { } failure)
        {
            throw new InvalidOperationException($"The upload failed with {failure.Kind} in {failure.Phase}: {failure.Detail}");
        }
    }

    private static async Task WriteAsync(PipeWriter writer, int bytes)
    {
        await new Zeros(bytes).CopyToAsync(writer.AsStream(leaveOpen: true));
        await writer.CompleteAsync();
    }
}
