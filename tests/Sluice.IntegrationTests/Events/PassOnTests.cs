using System.Net.Http.Headers;
using System.Security.Cryptography;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Events;

/// <summary>Services that get a stored body later, from its blob: each with its own fate.</summary>
public sealed class PassOnTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly EventServer _server = new(azurite);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5_000_000)]
    public async Task Each_service_gets_the_body_and_what_its_sender_said_about_it(int bytes)
    {
        var (first, second) = (_server.Service.At(Scripts.Echo), _server.Service.At(Scripts.Echo));
        var body = TestBody.Of(bytes);

        using var answer = await SendAsync($"later/all-{bytes}?page=1&code=a-key", body, first, second);

        Assert.Equal(201, (int)answer.StatusCode);
        foreach (var (name, target) in ((string, string)[])[(first, "first"), (second, "second")])
        {
            var got = await _server.Service.SeenAsync(name);
            Assert.Equal("whole", await got.OutcomeAsync());
            Assert.Equal(($"/{target}/{name}?page=1", "PUT"), (got.Target, got.Method));
            Assert.Equal((bytes, Convert.ToHexString(SHA256.HashData(body))), (got.Bytes, got.Sha256));
            Assert.Equal(("image/png", "sha256=abc"), (got.Header("Content-Type"), got.Header("X-Hub-Signature-256")));
            Assert.Matches("^\"[0-9a-f]{32}\"$", got.Header("Idempotency-Key"));
            Assert.Null(got.Header("Authorization"));
            Assert.Null(got.Header("Cookie"));
            Assert.Equal(target == "first" ? "said" : null, got.Header("X-Not-For-Other"));
            Assert.Equal(target == "first" ? null : "of-other", got.Header("X-Key"));
        }
    }

    [Fact]
    public async Task A_service_that_is_down_gets_it_when_it_is_back_and_the_other_does_not_wait()
    {
        var attempts = 0;
        var first = _server.Service.At((context, exchange) =>
            (Interlocked.Increment(ref attempts) <= 2 ? Scripts.Status(503, long.MaxValue) : Scripts.Echo)(context, exchange));
        var second = _server.Service.At(Scripts.Echo);

        using var answer = await SendAsync("later/again", TestBody.Of(1000), first, second);

        await EventInbox.UntilAsync(() => Volatile.Read(ref attempts) == 3 ? "" : null);
        Assert.Single(_server.Service.Exchanges, got => got.Target.EndsWith(second, StringComparison.Ordinal));
        Assert.Single(
            _server.Service.Exchanges.Where(got => got.Target.EndsWith(first, StringComparison.Ordinal))
                .Select(static got => got.Header("Idempotency-Key")).Distinct());
    }

    // Smaller than the peek window, and larger: after the commit, and while it is stored.
    [Theory]
    [InlineData(1000)]
    [InlineData(3_000_000)]
    public async Task A_service_that_fails_while_its_client_waits_gets_it_later(int bytes)
    {
        var attempts = 0;
        var first = _server.Service.At((context, exchange) =>
            (Interlocked.Increment(ref attempts) <= 2 ? Scripts.Status(503, long.MaxValue) : Scripts.Echo)(context, exchange));
        var (second, body) = (_server.Service.At(Scripts.Echo), TestBody.Of(bytes));

        using var answer = await SendAsync($"retried/{bytes}", body, first, second);

        Assert.Equal(201, (int)answer.StatusCode);
        await EventInbox.UntilAsync(() => Volatile.Read(ref attempts) == 3 ? "" : null);
        var got = _server.Service.Exchanges.Where(got => got.Target.EndsWith(first, StringComparison.Ordinal)).ToList();
        Assert.Equal("whole", await got[2].OutcomeAsync());
        Assert.Equal((bytes, Convert.ToHexString(SHA256.HashData(body))), (got[2].Bytes, got[2].Sha256));
        Assert.Matches("^\"[0-9a-f]{32}\"$", Assert.Single(got.Select(static one => one.Header("Idempotency-Key")).Distinct()));
        Assert.Equal("whole", await (await _server.Service.SeenAsync(second)).OutcomeAsync());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3_000_000)]
    public async Task A_service_that_took_it_while_its_client_waited_does_not_get_it_again(int bytes)
    {
        var (first, second) = (_server.Service.At(Scripts.Echo), _server.Service.At(Scripts.Echo));

        using var answer = await SendAsync($"retried/once-{bytes}", TestBody.Of(bytes), first, second);

        Assert.Equal(201, (int)answer.StatusCode);
        // The other service gets it by the message that would have told this one.
        await (await _server.Service.SeenAsync(second)).OutcomeAsync();
        await _server.Inbox.TakenAsync($"retried/once-{bytes}");
        Assert.Single(_server.Service.Exchanges, got => got.Target.EndsWith(first, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_was_replaced_meanwhile_is_not_passed_on()
    {
        var replaced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _server.Service.At(async (context, exchange) =>
        {
            await replaced.Task;
            await Scripts.Status(500, long.MaxValue)(context, exchange);
        });
        var second = _server.Service.At(Scripts.Echo);
        using var answer = await SendAsync("later/replaced", TestBody.Of(1000), first, second);
        await (await _server.Service.SeenAsync(second)).OutcomeAsync();

        using var other = await _server.PutAsync("later/replaced", new ByteArrayContent([1]));
        replaced.SetResult();

        var letter = await _server.LetterAsync();
        Assert.Equal(
            ("relay:service", "The blob was overwritten or deleted before it could be passed on."),
            (letter.GetProperty("destination").GetString(), letter.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Headers_that_can_not_be_kept_are_refused_before_the_body()
    {
        using var answer = await SendAsync("later/large", TestBody.Of(1000), "x", "y", ("X-Large", new string('x', 17_000)));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("can't be kept", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(
        string path, byte[] body, string first, string second, params (string Name, string Value)[] more)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return _server.SendAsync(
            HttpMethod.Put, $"/api/ingest/{path}", content, 1,
            [
                ("X-First", first), ("X-Second", second), ("X-Hub-Signature-256", "sha256=abc"), ("X-Not-For-Other", "said"),
                ("Authorization", "Bearer secret"), ("Cookie", "session=secret"), .. more,
            ]);
    }
}
