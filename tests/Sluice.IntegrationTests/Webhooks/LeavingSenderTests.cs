using System.Text;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Senders that close as soon as they have sent all. What was stored is passed on and told of all the same.</summary>
[Collection<OnHookServer>]
public sealed class LeavingSenderTests(HookServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("heard", 0)]
    [InlineData("heard", 300_000)]
    [InlineData("passed", 0)]
    [InlineData("passed", 300_000)]
    public async Task A_sender_that_leaves_takes_nothing_from_the_service(string source, int padding)
    {
        var begun = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        var survived = new TaskCompletionSource<bool>();
        ServiceScript script = async (context, exchange) =>
        {
            await exchange.ReadAsync();
            begun.TrySetResult();
            await left.Task;

            // A server that gives the request up does so soon. One that is slow to it lets the test pass, and never fail.
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted));
            survived.TrySetResult(!context.RequestAborted.IsCancellationRequested);
        };
        server.OnHeard = script;
        var body = Encoding.UTF8.GetBytes($$"""{"padding":"{{new string('x', padding)}}"}""");
        var id = $"leaving-{source}-{padding}";

        using (var sender = await RawClient.ConnectAsync(server.Address(), Token))
        {
            var headers = HookServer.Headers(id, body, server.Service.At(script)).Select(static header => $"{header.Name}: {header.Value}");
            await sender.SendHeadAsync(
                "POST", $"/api/hooks/{source}", [.. headers, "Content-Type: application/json", $"Content-Length: {body.Length}"], Token);
            await sender.SendAsync(body, Token);
            await begun.Task.WaitAsync(SluiceFixture.Patience, Token);
            sender.Reset();
        }

        left.SetResult();
        Assert.True(await survived.Task.WaitAsync(SluiceFixture.Patience, Token));
        Assert.Equal(body, await server.VisibleAsync($"{source}/{id}"));
    }
}
