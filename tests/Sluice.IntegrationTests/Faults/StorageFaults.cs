using System.Globalization;

namespace Sluice.IntegrationTests.Faults;

/// <summary>What happens to a request instead of what should.</summary>
internal delegate Task StorageFault(StorageExchange exchange);

/// <summary>The ways in which storage, or the way to it, fails.</summary>
internal static class StorageFaults
{
    private static readonly string[] _garbled =
    [
        "Content-MD5", "Date", "ETag", "Last-Modified", "x-ms-content-crc64", "x-ms-creation-time", "x-ms-request-server-encrypted",
        "x-ms-version"
    ];

    /// <summary>Takes the whole request and answers with an error.</summary>
    public static StorageFault Answer(int status, string code, int? retryAfterSeconds = null) => async exchange =>
    {
        await exchange.TakeAsync();
        await exchange.RefuseAsync(status, code, retryAfterSeconds?.ToString(CultureInfo.InvariantCulture));
    };

    /// <summary>Answers with an error before the body was taken, and takes no more of it.</summary>
    public static StorageFault AnswerUnread(int status, string code) => exchange => exchange.RefuseAsync(status, code, retryAfter: null);

    /// <summary>Takes the whole request and never answers.</summary>
    public static async Task Stall(StorageExchange exchange)
    {
        await exchange.TakeAsync();
        await exchange.UntilGoneAsync();
    }

    /// <summary>Carries out the request when it may.</summary>
    public static StorageFault Hold(Task released) => async exchange =>
    {
        await released;
        await None(exchange);
    };

    /// <summary>Takes nothing of the body, so that the sender's socket fills up.</summary>
    public static Task StopReading(StorageExchange exchange) => exchange.UntilGoneAsync();

    /// <summary>Resets the connection after so many bytes of the request's body.</summary>
    public static StorageFault CutAfter(long bytes) => async exchange =>
    {
        await exchange.TakeAsync(bytes);
        exchange.Cut();
    };

    /// <summary>Carries out the request, then resets the connection instead of answering.</summary>
    public static async Task LoseAnswer(StorageExchange exchange)
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        exchange.Cut();
    }

    /// <summary>Carries out the request, then never answers.</summary>
    public static async Task KeepAnswer(StorageExchange exchange)
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.UntilGoneAsync();
    }

    /// <summary>Resets the connection within the request's body.</summary>
    /// <param name="part">After how much of it: from 0 to less than 1.</param>
    public static StorageFault CutWithin(double part) => exchange => CutAfter((long)(part * exchange.Length))(exchange);

    /// <summary>Changes one bit of the request's body on its way.</summary>
    /// <param name="part">Where: a part of its length, from 0 to less than 1.</param>
    public static StorageFault FlipBitWithin(double part) => exchange => FlipBitAt((long)(part * exchange.Length))(exchange);

    /// <summary>Changes one bit of the request's body on its way.</summary>
    public static StorageFault FlipBitAt(long offset) => async exchange =>
    {
        using var answer = await exchange.SendAsync(new BitFlip(exchange.Body, offset));
        await exchange.AnswerAsync(answer);
    };

    /// <summary>Resets the connection after so many bytes of the answer's body.</summary>
    public static StorageFault CutAnswerAfter(long bytes) => async exchange =>
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer, bytes);
        exchange.Cut();
    };

    /// <summary>Resets the connection within the answer's body.</summary>
    /// <param name="part">After how much of it: from 0 to less than 1.</param>
    public static StorageFault CutAnswerWithin(double part) => async exchange =>
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer, (long)(part * (answer.Content.Headers.ContentLength ?? 1_000)));
        exchange.Cut();
    };

    /// <summary>Stops after so many bytes of the answer's body, and leaves the connection open.</summary>
    public static StorageFault StallAnswerAfter(long bytes) => async exchange =>
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer, bytes);
        await exchange.UntilGoneAsync();
    };

    /// <summary>Takes the whole request, does nothing with it, and resets the connection.</summary>
    public static async Task CutWhole(StorageExchange exchange)
    {
        await exchange.TakeAsync();
        exchange.Cut();
    }

    /// <summary>Carries out the request twice, as a network that repeats things does, and hands on the second answer.</summary>
    public static async Task Twice(StorageExchange exchange)
    {
        var body = await exchange.KeepAsync();
        using (var copy = exchange.Copy(body))
            (await exchange.SendCopyAsync(copy)).Dispose();
        using var answer = await exchange.SendAsync(new MemoryStream(body));
        await exchange.AnswerAsync(answer);
    }

    /// <summary>Resets the connection, and carries out the request after all, later.</summary>
    /// <param name="delay">How much later.</param>
    /// <param name="note">Is told of the late request, which nobody waits for.</param>
    public static StorageFault Late(TimeSpan delay, Action<Task> note) => async exchange =>
    {
        var copy = exchange.Copy(await exchange.KeepAsync());
        note(SendLateAsync(exchange, copy, delay));
        exchange.Cut();
    };

    /// <summary>Passes the request on after a while, and its answer after another.</summary>
    public static StorageFault Slow(TimeSpan delay) => async exchange =>
    {
        await exchange.DelayAsync(delay);
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.DelayAsync(delay);
        await exchange.AnswerAsync(answer);
    };

    /// <summary>Changes one bit of the answer's body.</summary>
    /// <param name="at">Where: a part of its length, from 0 to less than 1.</param>
    /// <param name="bit">Which bit of that byte.</param>
    public static StorageFault FlipAnswerBit(double at, int bit) => async exchange =>
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        var body = await answer.Content.ReadAsByteArrayAsync();
        body[(int)(at * body.Length)] ^= (byte)(1 << bit);
        await exchange.AnswerAsync(answer, body);
    };

    /// <summary>Makes the value of one header of the answer one that can't be read.</summary>
    /// <param name="at">Which: a part of their number, from 0 to less than 1.</param>
    public static StorageFault GarbleHeader(double at) => async exchange =>
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        var names = _garbled.Where(name => answer.Headers.Contains(name) || answer.Content.Headers.Contains(name)).ToArray();
        await exchange.AnswerAsync(answer, garbled: names[(int)(at * names.Length)]);
    };

    /// <summary>Answers, and sends another answer behind it that nobody has asked for.</summary>
    public static async Task AnswerTwice(StorageExchange exchange)
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer);
        await exchange.SendRawAsync("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    }

    /// <summary>Something else answers in storage's place: 200, and a page.</summary>
    public static async Task Impostor(StorageExchange exchange)
    {
        await exchange.TakeAsync();
        await exchange.ImpersonateAsync();
    }

    /// <summary>Nothing goes wrong.</summary>
    public static async Task None(StorageExchange exchange)
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer);
    }

    private static async Task SendLateAsync(StorageExchange exchange, HttpRequestMessage copy, TimeSpan delay)
    {
        using (copy)
        {
            await Task.Delay(delay);
            (await exchange.SendCopyAsync(copy)).Dispose();
        }
    }
}
