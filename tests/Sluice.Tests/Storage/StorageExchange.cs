namespace Sluice.Tests.Storage;

/// <summary>One request that storage is answering.</summary>
internal sealed class StorageExchange(
    StorageRequest request, HttpContent? content, Func<StorageRequest, HttpResponseMessage> carryOut, CancellationToken cancellationToken)
{
    public StorageRequest Request => request;

    /// <summary>The client gave the attempt up.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Reads the whole content.</summary>
    public async Task ReceiveAsync()
    {
        var sink = new ContentSink(long.MaxValue, Task.CompletedTask);
        await ReceiveAsync(sink, cancellationToken);
    }

    /// <summary>Reads the content into a sink, at its pace.</summary>
    public async Task ReceiveAsync(ContentSink sink, CancellationToken ends)
    {
        try
        {
            await (content?.CopyToAsync(sink, ends) ?? Task.CompletedTask);
        }
        finally
        {
            request.Content = sink.Content;
        }
    }

    /// <summary>Does what the request asks for.</summary>
    public HttpResponseMessage CarryOut() => carryOut(request);
}
