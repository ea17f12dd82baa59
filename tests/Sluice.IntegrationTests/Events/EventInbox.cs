using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Events;

/// <summary>A destination in the process of the tests: what it got, and what it answers.</summary>
internal sealed class EventInbox
{
    private readonly ConcurrentQueue<ReceivedEvent> _attempts = new();
    private readonly ConcurrentQueue<ReceivedEvent> _taken = new();
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>The status that an event is answered with, and <c>Retry-After</c> in seconds; 204 by default.</summary>
    public Func<ReceivedEvent, (int Status, int? RetryAfter)> Answer { get; set; } = static _ => (204, null);

    /// <summary>Every attempt to deliver something.</summary>
    public IReadOnlyList<ReceivedEvent> Attempts => [.. _attempts];

    /// <summary>What it accepted.</summary>
    public IReadOnlyList<ReceivedEvent> Taken => [.. _taken];

    /// <summary>Runs in the service.</summary>
    public async Task ReceiveAsync(HttpContext context, ServiceExchange exchange)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        // Event Grid gets batches.
        var json = body.RootElement.ValueKind == JsonValueKind.Array ? Assert.Single(body.RootElement.EnumerateArray()) : body.RootElement;
        var got = new ReceivedEvent(json.Clone(), exchange.Headers, Stopwatch.GetElapsedTime(_began));
        _attempts.Enqueue(got);
        var (status, retryAfter) = Answer(got);
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
            context.Response.Headers.RetryAfter = $"{seconds}";
        if (status is >= 200 and < 300)
            _taken.Enqueue(got);
    }

    /// <summary>Waits until it has accepted the event of a blob.</summary>
    public async Task<ReceivedEvent> TakenAsync(string name) =>
        (await UntilAsync(() => Taken.FirstOrDefault(taken => taken.Subject.EndsWith($"/{name}", StringComparison.Ordinal))))!;

    /// <summary>Waits until there is something.</summary>
    public static async Task<T> UntilAsync<T>(Func<T?> find)
        where T : class
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            if (find() is { } found)
                return found;
            Assert.True(Stopwatch.GetElapsedTime(began) < SluiceFixture.Patience, "It did not happen.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
