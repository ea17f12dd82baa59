using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.IntegrationTests.Limits;

/// <summary>In the Functions worker there is no middleware of ours: the guard of each endpoint asks the same limits.</summary>
public sealed class WorkerGuardTests : IAsyncDisposable
{
    private readonly List<ServiceProvider> _hosts = [];

    [Fact]
    public async Task Callers_are_limited_there_where_it_is_switched_on()
    {
        var host = Host(("Sluice:Limits:Enabled", "true"), ("Sluice:Limits:RequestBurst", "2"), ("Sluice:Limits:RequestsPerMinute", "1"));

        Assert.Equal("200 200 429", await AskThriceAsync(host));
        Assert.Equal(200, await AskAsync(host, "192.0.2.2"));
        Assert.Equal(200, await AskAsync(host, "192.0.2.1", isLimited: false));
    }

    [Fact]
    public async Task A_request_that_was_answered_gives_its_place_back()
    {
        var host = Host(("Sluice:Limits:Enabled", "true"), ("Sluice:Limits:RequestsAtOnce", "1"));
        await using var first = new Request("192.0.2.1");
        await first.RunAsync(host);

        Assert.Equal(429, await AskAsync(host, "192.0.2.1"));
        await first.EndAsync();
        Assert.Equal(200, await AskAsync(host, "192.0.2.1"));
    }

    [Fact]
    public async Task Without_a_setting_nobody_is()
    {
        var host = Host(("Sluice:Limits:RequestBurst", "1"), ("Sluice:Limits:RequestsPerMinute", "1"));

        Assert.Equal("200 200 200", await AskThriceAsync(host));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    private static async Task<string> AskThriceAsync(ServiceProvider host) =>
        $"{await AskAsync(host, "192.0.2.1")} {await AskAsync(host, "192.0.2.1")} {await AskAsync(host, "192.0.2.1")}";

    private static async Task<int> AskAsync(ServiceProvider host, string address, bool isLimited = true)
    {
        await using var request = new Request(address);
        await request.RunAsync(host, isLimited);
        await request.EndAsync();
        return request.Status;
    }

    private ServiceProvider Host(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var host = new ServiceCollection().AddLogging().AddSluice(configuration, SluiceHost.Functions).BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    private sealed class Request : IAsyncDisposable
    {
        private readonly DefaultHttpContext _context = new();
        private readonly Response _response = new();

        public Request(string address)
        {
            _context.Features.Set<IHttpResponseFeature>(_response);
            _context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
            _context.Connection.RemoteIpAddress = IPAddress.Loopback;
            _context.Request.Method = "GET";
            _context.Request.Headers["X-Forwarded-For"] = address;
        }

        public int Status => _context.Response.StatusCode;

        public async Task RunAsync(ServiceProvider host, bool isLimited = true)
        {
            _context.RequestServices = host;
            var answer = await host.GetRequiredService<EndpointGuard>().RunAsync(
                _context.Request, static (_, _) => Task.FromResult<IResult>(TypedResults.Ok()), isLimited);
            await answer.ExecuteAsync(_context);
        }

        public Task EndAsync() => _response.EndAsync();

        public ValueTask DisposeAsync() => default;
    }

    // What a server calls at the end of a request.
    private sealed class Response : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _ends = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _ends.Push((callback, state));

        public async Task EndAsync()
        {
            while (_ends.TryPop(out var end))
                await end.Callback(end.State);
        }
    }
}
