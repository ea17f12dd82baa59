using System.Diagnostics;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A server, a downstream service in the process of the tests, and a target for everything that they try.</summary>
public class RelayServer(AzuriteFixture azurite) : ServiceServer(azurite)
{
    private readonly ClosedPort _closed = new();
    private RawService? _raw;
    private RawService? _rawHttp2;
    private int _linesChecked;

    internal RawService Raw => _raw ?? throw new InvalidOperationException("The service is not started.");

    internal RawService RawHttp2 => _rawHttp2 ?? throw new InvalidOperationException("The service is not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        // Spoken to in HTTP/1.1, in HTTP/2, and as it comes.
        [Target("one", "Address")] = $"{Service.Address()}",
        [Target("one", "HttpVersion")] = "Http11",
        [Target("two", "Address")] = $"{Service.Address(2)}",
        [Target("two", "HttpVersion")] = "Http2",
        [Target("plain", "Address")] = $"{Service.Address()}",

        [Target("inner", "Address")] = $"{Service.Address()}inner/",
        [Target("inner", "PathPrefixes:0")] = "/open",
        [Target("inner", "PathPrefixes:1")] = "also/open/",

        [Target("keyed", "Address")] = $"{Service.Address()}",
        [Target("keyed", "AddHeaders:X-Api-Key")] = "the key",
        [Target("keyed", "AddHeaders:Content-Language")] = "de",
        [Target("keyed", "RemoveHeaders:0")] = "X-Private",
        [Target("keyed", "RemoveHeaders:1")] = "Content-Encoding",

        [Target("stripped", "Address")] = $"{Service.Address()}",
        [Target("stripped", "RemoveHeaders:0")] = "cookie",
        [Target("stripped", "RemoveHeaders:1")] = "X-Forwarded-For",
        [Target("few", "Address")] = $"{Service.Address()}",
        [Target("few", "Methods:0")] = "GET",
        [Target("few", "Methods:1")] = "post",
        [Target("small", "Address")] = $"{Service.Address()}",
        [Target("small", "MaxBytes")] = "1000",
        [Target("terse", "Address")] = $"{Service.Address()}",
        [Target("terse", "MaxResponseBytes")] = "1000",

        [Target("nobody", "Address")] = $"{_closed.Address}",
        [Target("nowhere", "Address")] = "http://nowhere.invalid",
        [Target("not-tls", "Address")] = $"https://127.0.0.1:{Service.Address().Port}",
        [Target("signed", "Address")] = $"{Service.Address()}",
        [Target("signed", "TokenScope")] = "api://nobody/.default",
        [Target("raw", "Address")] = $"{Raw.Address}",
        [Target("raw", "HttpVersion")] = "Http11",
        [Target("raw", "IdleTimeout")] = "00:00:30",
        [Target("raw2", "Address")] = $"{RawHttp2.Address}",
        [Target("raw2", "HttpVersion")] = "Http2",
        [Target("raw2", "IdleTimeout")] = "00:00:30",
        [Target("hasty1", "Address")] = $"{Service.Address()}",
        [Target("hasty1", "IdleTimeout")] = "00:00:03",
        [Target("hasty2", "Address")] = $"{Service.Address(2)}",
        [Target("hasty2", "HttpVersion")] = "Http2",
        [Target("hasty2", "IdleTimeout")] = "00:00:03",
        [Target("slow1", "Address")] = $"{Service.Address()}",
        [Target("slow1", "IdleTimeout")] = "00:00:05",
        [Target("slow2", "Address")] = $"{Service.Address(2)}",
        [Target("slow2", "HttpVersion")] = "Http2",
        [Target("slow2", "IdleTimeout")] = "00:00:05",
        [Target("blunt1", "Address")] = $"{Service.Address()}",
        [Target("blunt1", "ExpectContinue")] = "false",
        [Target("blunt2", "Address")] = $"{Service.Address(2)}",
        [Target("blunt2", "HttpVersion")] = "Http2",
        [Target("blunt2", "ExpectContinue")] = "false",
    };

    /// <summary>The name of the target that is spoken to in this HTTP.</summary>
    internal static string In(int http) => http == 2 ? "two" : "one";

    internal Task<RawClient> ConnectRawAsync() => RawClient.ConnectAsync(Address(), Token);

    /// <summary>
    /// Sends a request without a body over the connection to a target. A service that closes an HTTP/2 connection because of what the
    /// requests before it sent does so before it answers, and HttpClient then opens another. Without it, the next body could be on its way
    /// into a connection that is about to be closed (502, try again), unless it waits for the service (<c>Expect</c>).
    /// </summary>
    internal async Task SettleAsync(string target)
    {
        var answer = await RelayAsync(target, Service.At(Scripts.Echo));
        for (var began = Stopwatch.GetTimestamp(); answer.Status == 502 && Stopwatch.GetElapsedTime(began) < SluiceFixture.Patience;)
            answer = await RelayAsync(target, Service.At(Scripts.Echo));
        Assert.Equal(200, answer.Status);
    }

    /// <summary>Sends a request to a path of a target and reads the answer.</summary>
    internal async Task<Answer> RelayAsync(
        string target, string path, HttpContent? content = null, int http = 1, HttpMethod? method = null,
        CancellationToken? cancellationToken = null)
    {
        using var response = await SendAsync(
            method ?? (content is null ? HttpMethod.Get : HttpMethod.Post), $"/api/relay/{target}/{path}", content, http,
            cancellationToken ?? Token);
        return await Answer.OfAsync(response, Token);
    }

    /// <summary>Waits for the one line that the server logs at the end of a request.</summary>
    internal async Task<string> OutcomeAsync(string target, string path)
    {
        string? Line() => Output.FirstOrDefault(line => line.Contains($" {target}:/{path}", StringComparison.Ordinal));
        for (var began = Stopwatch.GetTimestamp(); Line() is null; await Task.Delay(TimeSpan.FromMilliseconds(10), Token))
        {
            if (Stopwatch.GetElapsedTime(began) > SluiceFixture.Patience)
                Assert.Fail($"The server has logged nothing of {target}:/{path}:\n{string.Join('\n', Output)}");
        }
        return Line()!.Trim();
    }

    /// <summary>The server works, and since the last time nothing happened to it that it did not expect.</summary>
    internal async Task AssertHealthyAsync()
    {
        var body = TestBody.Of(100_000);
        var path = Service.At(Scripts.Echo);
        var answer = await RelayAsync("one", path, Payload.Content(body));
        // A busy machine can't always keep the short time-out of a server that is strict.
        for (var began = Stopwatch.GetTimestamp(); answer.Status == 408 && Stopwatch.GetElapsedTime(began) < SluiceFixture.Patience;)
            answer = await RelayAsync("one", path, Payload.Content(body));
        Assert.True(answer.Status == 200, $"{answer.Status} {answer.Body}");
        var news = Output.Skip(_linesChecked).ToList();
        _linesChecked += news.Count;
        var errors = string.Join('\n', news.SelectMany((line, at) =>
            line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
                ? news.Skip(at).Take(20)
                : []));
        Assert.True(errors.Length == 0, errors);
    }

    protected static string Target(string name, string setting) => $"Sluice:Relay:Targets:{name}:{setting}";

    protected override async Task PrepareAsync()
    {
        _raw = new RawService();
        _rawHttp2 = new RawService();
        await base.PrepareAsync();
    }

    protected override async ValueTask CleanUpAsync()
    {
        await base.CleanUpAsync();
        if (_raw is not null)
            await _raw.DisposeAsync();
        if (_rawHttp2 is not null)
            await _rawHttp2.DisposeAsync();
        _closed.Dispose();
    }
}
