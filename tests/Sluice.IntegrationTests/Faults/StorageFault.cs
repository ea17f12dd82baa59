using System.Globalization;

namespace Sluice.IntegrationTests.Faults;

/// <summary>What happens to a request instead of what should.</summary>
internal delegate Task StorageFault(StorageExchange exchange);

/// <summary>The ways in which storage, or the way to it, fails.</summary>
internal static class StorageFaults
{
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

    /// <summary>Stops after so many bytes of the answer's body, and leaves the connection open.</summary>
    public static StorageFault StallAnswerAfter(long bytes) => async exchange =>
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer, bytes);
        await exchange.UntilGoneAsync();
    };

    /// <summary>Nothing goes wrong.</summary>
    public static async Task None(StorageExchange exchange)
    {
        using var answer = await exchange.SendAsync(exchange.Body);
        await exchange.AnswerAsync(answer);
    }
}
