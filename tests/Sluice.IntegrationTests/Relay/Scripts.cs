using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Relay;

/// <summary>What services do, well and badly.</summary>
internal static class Scripts
{
    /// <summary>What is declared to a HEAD.</summary>
    public const long HeadLength = 12345;

    /// <summary>Reads all, then says how much it was.</summary>
    public static async Task Echo(HttpContext context, ServiceExchange exchange)
    {
        await exchange.ReadAsync();
        await WriteAsync(context, $"{exchange.Bytes} {exchange.Sha256}");
    }

    /// <summary>Answers after so many bytes of the body.</summary>
    public static ServiceScript Status(int status, long after = 0) => async (context, exchange) =>
    {
        await exchange.ReadAsync(after);
        context.Response.StatusCode = status;
        await WriteAsync(context, $"status {status}");
    };

    /// <summary>Closes the connection, or resets the stream, after so many bytes of the body.</summary>
    public static ServiceScript Die(long after) => async (context, exchange) =>
    {
        await exchange.ReadAsync(after);
        context.Abort();
    };

    /// <summary>Reads nothing and answers nothing, until it is left.</summary>
    public static Task Stall(HttpContext context, ServiceExchange exchange) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    /// <summary>Reads all and answers nothing, until it is left.</summary>
    public static async Task Brood(HttpContext context, ServiceExchange exchange)
    {
        await exchange.ReadAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    }

    /// <summary>Reads all, then answers with so many bytes (<see cref="TestBody"/>).</summary>
    public static ServiceScript Send(int bytes, bool sized)
    {
        var body = TestBody.Of(bytes);
        return async (context, exchange) =>
        {
            await exchange.ReadAsync();
            context.Response.ContentLength = sized ? bytes : null;
            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        };
    }

    /// <summary>Answers with the first of so many bytes; when the test has seen them, it goes on with <paramref name="then"/>.</summary>
    public static ServiceScript Begin(int bytes, int first, bool sized, Task seen, ServiceScript then) => async (context, exchange) =>
    {
        await exchange.ReadAsync();
        context.Response.ContentLength = sized ? bytes : null;
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.WriteAsync(TestBody.Of(bytes).AsMemory(0, first), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await seen.WaitAsync(context.RequestAborted);
        await then(context, exchange);
    };

    /// <summary>A text, where the answer can have one.</summary>
    public static async Task WriteAsync(HttpContext context, string text)
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Response.ContentLength = HeadLength;
        else if (context.Response.StatusCode is not (204 or 304))
        {
            context.Response.ContentLength = text.Length;
            await context.Response.WriteAsync(text, context.RequestAborted);
        }
    }
}
