using System.Net;

namespace Sluice.Tests.Storage;

/// <summary>What storage, or the way to it, does to a request.</summary>
internal static class Turn
{
    /// <summary>Carries it out.</summary>
    public static async Task<HttpResponseMessage> Normal(StorageExchange exchange)
    {
        await exchange.ReceiveAsync();
        return exchange.CarryOut();
    }

    /// <summary>Reads it, then refuses it.</summary>
    public static StorageTurn Refuse(int status, string code, TimeSpan? retryAfter = null) => async exchange =>
    {
        await exchange.ReceiveAsync();
        return StorageAnswer.Error(status, code, retryAfter);
    };

    /// <summary>Answers it with a document, whatever it asks for.</summary>
    public static StorageTurn Say(string document) => async exchange =>
    {
        await exchange.ReceiveAsync();
        return StorageAnswer.Document(document);
    };

    /// <summary>Refuses it after so many bytes. The client's stack sends the rest when <paramref name="onwards"/> lets it.</summary>
    public static StorageTurn RefuseAfter(
        long bytes, int status, string code, Task onwards, Action<Task>? sending = null) => async exchange =>
    {
        var sink = new ContentSink(bytes, onwards);
        var sent = exchange.ReceiveAsync(sink, CancellationToken.None);
        sending?.Invoke(sent);
        await Task.WhenAny(sink.Sated, sent);
        return StorageAnswer.Error(status, code);
    };

    /// <summary>Changes one bit of it on its way, then carries it out.</summary>
    public static async Task<HttpResponseMessage> Damage(StorageExchange exchange)
    {
        await exchange.ReceiveAsync();
        exchange.Request.Content[77] ^= 1;
        return exchange.CarryOut();
    }

    /// <summary>Takes so many bytes and then nothing more, for ever.</summary>
    public static StorageTurn StallAfter(long bytes) => async exchange =>
    {
        await exchange.ReceiveAsync(new ContentSink(bytes, new TaskCompletionSource().Task), exchange.CancellationToken);
        await Task.Delay(Timeout.Infinite, exchange.CancellationToken);
        throw new OperationCanceledException();
    };

    /// <summary>Takes so many bytes, then resets the connection.</summary>
    public static StorageTurn CutAfter(long bytes) => async exchange =>
    {
        var cut = Task.FromException(new IOException("Connection reset by peer."));
        await exchange.ReceiveAsync(new ContentSink(bytes, cut), exchange.CancellationToken);
        throw Reset();
    };

    /// <summary>Carries it out, but the answer is lost.</summary>
    public static async Task<HttpResponseMessage> LoseAnswer(StorageExchange exchange)
    {
        (await Normal(exchange)).Dispose();
        throw Reset();
    }

    /// <summary>It never arrives. What it brings is kept: it may arrive later.</summary>
    public static async Task<HttpResponseMessage> LoseRequest(StorageExchange exchange)
    {
        await exchange.ReceiveAsync();
        throw Reset();
    }

    /// <summary>Something in between says that it was done. Nothing of it was.</summary>
    public static StorageTurn Pretend(int status = 201) => async exchange =>
    {
        await exchange.ReceiveAsync();
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent("<html>Welcome to our network.</html>")
        };
        answer.Headers.TryAddWithoutValidation("ETag", "\"0xF00\"");
        return answer;
    };

    /// <summary>Does it, and answers without one header.</summary>
    public static StorageTurn NormalWithout(string header) => async exchange =>
    {
        var answer = await Normal(exchange);
        answer.Headers.Remove(header);
        return answer;
    };

    /// <summary>Does nothing, and answers like storage but for the entity tag.</summary>
    public static async Task<HttpResponseMessage> Forget(StorageExchange exchange)
    {
        await exchange.ReceiveAsync();
        return StorageAnswer.Staged("");
    }

    /// <summary>Fails without an answer.</summary>
    public static StorageTurn Throw(Exception exception) => _ => Task.FromException<HttpResponseMessage>(exception);

    /// <summary>Carries it out when it may.</summary>
    public static StorageTurn NormalAfter(Task may) => async exchange =>
    {
        await may.WaitAsync(exchange.CancellationToken);
        return await Normal(exchange);
    };

    public static HttpRequestException Reset() => new("Scripted.", new IOException("Connection reset by peer."));
}
