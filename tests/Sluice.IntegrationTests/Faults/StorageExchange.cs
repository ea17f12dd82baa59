using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sluice.IntegrationTests.Faults;

/// <summary>One request on its way through <see cref="FaultyStorage"/>, and what can be done with it.</summary>
/// <remarks>
/// Target and headers go on as they came: the signature of a shared key is over the path, the query and the headers, not over the host.
/// </remarks>
internal sealed class StorageExchange(HttpContext context, HttpClient storage, CancellationToken stopping)
{
    private static readonly string[] _hopByHop = ["Connection", "Expect", "Host", "Keep-Alive", "Transfer-Encoding"];

    /// <summary>The request's body.</summary>
    public Stream Body => context.Request.Body;

    /// <summary>The length that the request declares; 0 for none.</summary>
    public long Length => context.Request.ContentLength ?? 0;

    /// <summary>Reads the body, or its first bytes, and forgets it.</summary>
    public async Task TakeAsync(long bytes = long.MaxValue)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        int count;
        for (long taken = 0; taken < bytes; taken += count)
        {
            count = await Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes - taken)), context.RequestAborted);
            if (count == 0)
                break;
        }
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Reads the whole body, so that it can be sent when the client is gone, or twice.</summary>
    public async Task<byte[]> KeepAsync()
    {
        using var kept = new MemoryStream();
        await Body.CopyToAsync(kept, context.RequestAborted);
        return kept.ToArray();
    }

    /// <summary>A request like this one, to be sent whatever becomes of this one.</summary>
    public HttpRequestMessage Copy(byte[] body) => Request(new MemoryStream(body));

    /// <summary>Sends a <see cref="Copy"/>.</summary>
    public Task<HttpResponseMessage> SendCopyAsync(HttpRequestMessage copy) => storage.SendAsync(copy, stopping);

    /// <summary>Sends the request to storage and waits for the whole answer, or only for its head where it may be large.</summary>
    public async Task<HttpResponseMessage> SendAsync(Stream body)
    {
        using var request = Request(body);
        return await storage.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    /// <summary>Hands the answer on, or its head and its first bytes.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="bytes">How many of its bytes.</param>
    /// <param name="garbled">A header whose value is made unreadable; null for none.</param>
    public async Task AnswerAsync(HttpResponseMessage answer, long bytes = long.MaxValue, string? garbled = null)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!_hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = name == garbled ? "?" : values.ToArray();
        }
        if (context.Request.Method == HttpMethods.Head || answer.StatusCode == HttpStatusCode.NotModified)
            return;

        await using var content = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        int count;
        for (long sent = 0; sent < bytes; sent += count)
        {
            count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes - sent)), context.RequestAborted);
            if (count == 0)
                break;
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
        }
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Answers as storage does when it refuses.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2</remarks>
    public async Task RefuseAsync(int status, string code, string? retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        context.Response.Headers.RetryAfter = retryAfter;
        if (context.Request.Method == HttpMethods.Head)
            return;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>Injected.</Message></Error>", stopping);
    }

    /// <summary>Answers as something else does that has taken storage's place: a proxy, a captive portal.</summary>
    public async Task ImpersonateAsync()
    {
        context.Response.ContentType = "text/html";
        if (context.Request.Method != HttpMethods.Head)
            await context.Response.WriteAsync("<html>Please sign in.</html>", stopping);
    }

    /// <summary>Hands an answer on with another body.</summary>
    public async Task AnswerAsync(HttpResponseMessage answer, byte[] body)
    {
        using var other = new HttpResponseMessage(answer.StatusCode) { Content = new ByteArrayContent(body) };
        foreach (var (name, values) in answer.Headers)
            other.Headers.TryAddWithoutValidation(name, values);
        foreach (var (name, values) in answer.Content.Headers)
            other.Content.Headers.TryAddWithoutValidation(name, values);
        await AnswerAsync(other);
    }

    /// <summary>Ends the answer, and sends bytes behind it that are no part of it.</summary>
    public async Task SendRawAsync(string bytes)
    {
        await context.Response.CompleteAsync();
        await DelayAsync(TimeSpan.FromMilliseconds(5));
        await context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.SendAsync(Encoding.ASCII.GetBytes(bytes));
    }

    /// <summary>Waits, unless the other side hangs up.</summary>
    public Task DelayAsync(TimeSpan time) => Task.Delay(time, context.RequestAborted);

    /// <summary>Resets the connection.</summary>
    public void Cut() => context.Abort();

    /// <summary>Does nothing until the other side hangs up, or the test is over.</summary>
    public async Task UntilGoneAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private Uri Target() => new(storage.BaseAddress!, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    private HttpRequestMessage Request(Stream body)
    {
        // Azurite copies from itself only, and knows itself by the name it was called.
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), Target())
        {
            Headers = { Host = context.Request.Host.Value }
        };
        if (context.Request.Method == HttpMethods.Put)
            request.Content = new StreamContent(body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!_hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, [.. values]))
                request.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        }
        return request;
    }
}
