using AzureFunctionsRpcMessages;
using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MessageCase = AzureFunctionsRpcMessages.StreamingMessage.ContentOneofCase;

namespace Sluice.AzureFunctions.WarmUp;

/// <summary>
/// The stub Functions host of the warm-up: the other end of one worker's gRPC stream, on a port of the loopback address. It makes the
/// worker load its functions and requests invocations. The protocol: https://github.com/Azure/azure-functions-language-worker-protobuf; its
/// frames: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
/// </summary>
internal sealed class StubFunctionsHost : IAsyncDisposable
{
    // A flag for compression, which we never request, and the length.
    private const int FrameHeaderBytes = 5;

    private readonly WebApplication _app;
    private readonly Channel<StreamingMessage> _heard = Channel.CreateUnbounded<StreamingMessage>();
    private readonly TaskCompletionSource<PipeWriter> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // Requests of the warm-up run at the same time, and a pipe has one writer.
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StubFunctionsHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddLogging();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<KestrelServerOptions>(static kestrel =>
        {
            (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MaxRequestBodySize) = (null, null);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Run(ConverseAsync);
    }

    /// <summary>The address it listens on, once it has started.</summary>
    public Uri Address => new(_app.Urls.First());

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <summary>Waits for the worker and makes it load all its functions.</summary>
    /// <returns>The functions.</returns>
    public async Task<IReadOnlyList<RpcFunctionMetadata>> OpenAsync(string appFolder, CancellationToken cancellationToken)
    {
        var initialized = await AskAsync(
            new() { WorkerInitRequest = new() { HostVersion = "4.0.0.0", WorkerDirectory = appFolder, FunctionAppDirectory = appFolder } },
            MessageCase.WorkerInitResponse, cancellationToken);
        Check(initialized.WorkerInitResponse.Result);
        var metadata = await AskAsync(
            new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = appFolder } }, MessageCase.FunctionMetadataResponse,
            cancellationToken);
        Check(metadata.FunctionMetadataResponse.Result);
        var functions = metadata.FunctionMetadataResponse.FunctionMetadataResults;
        foreach (var function in functions)
        {
            var loaded = await AskAsync(
                new() { FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function } },
                MessageCase.FunctionLoadResponse, cancellationToken);
            Check(loaded.FunctionLoadResponse.Result);
        }

        return functions;
    }

    /// <summary>Announces a request to the worker, which waits for both the invocation and the request.</summary>
    public Task InvokeAsync(InvocationRequest request, CancellationToken cancellationToken) =>
        SendAsync(new() { InvocationRequest = request }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _writing.Dispose();
    }

    // The only call of the service: two streams of messages, for as long as both sides are connected.
    private async Task ConverseAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync();
        _connected.TrySetResult(context.Response.BodyWriter);
        var reading = ReadAsync(context.Request.BodyReader);
        await Task.WhenAny(reading, _ended.Task);
        // Callers that still wait for a message get the reason why none arrives.
        _heard.Writer.TryComplete(reading.Exception?.InnerException ?? new IOException("The worker has left."));
        context.Response.AppendTrailer("grpc-status", "0");
        await context.Response.CompleteAsync();
    }

    private async Task ReadAsync(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync(_app.Lifetime.ApplicationStopping);
            var buffer = read.Buffer;
            while (TryTake(ref buffer, out var message))
            {
                _heard.Writer.TryWrite(StreamingMessage.Parser.ParseFrom(message));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static void Check(StatusResult? result)
    {
        if (result is { Status: not StatusResult.Types.Status.Success })
        {
            throw new InvalidOperationException($"The worker of the warm-up failed: {result.Exception?.Message}");
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < FrameHeaderBytes)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[FrameHeaderBytes];
        buffer.Slice(0, FrameHeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (buffer.Length < FrameHeaderBytes + length)
        {
            return false;
        }

        message = buffer.Slice(FrameHeaderBytes, length);
        buffer = buffer.Slice(message.End);
        return true;
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question, MessageCase answer, CancellationToken cancellationToken)
    {
        await SendAsync(question, cancellationToken);
        return await HearAsync(answer, cancellationToken);
    }

    private async Task SendAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        var writer = await _connected.Task.WaitAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Write(writer, message);
            await writer.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void Write(PipeWriter writer, StreamingMessage message)
    {
        var length = message.CalculateSize();
        var frame = writer.GetSpan(FrameHeaderBytes + length)[..(FrameHeaderBytes + length)];
        frame[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], (uint)length);
        message.WriteTo(frame[FrameHeaderBytes..]);
        writer.Advance(frame.Length);
    }

    // Log messages arrive in between.
    private async Task<StreamingMessage> HearAsync(MessageCase expected, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await _heard.Reader.ReadAsync(cancellationToken);
            if (message.ContentCase == expected)
            {
                return message;
            }
        }
    }
}
