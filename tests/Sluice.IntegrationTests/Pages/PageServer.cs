using System.Text;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>A server with the settings of a page, its containers, and one downstream service for all of its targets.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly EchoTarget _target;
    private readonly ServerProcess _process;
    private readonly HttpClient _client;

    private PageServer(EchoTarget target, ServerProcess process)
    {
        _target = target;
        _process = process;
        _client = process.CreateClient();
    }

    /// <summary>Where it listens, for a client that is not this one.</summary>
    public Uri Address => _process.Address;

    /// <summary>Starts one.</summary>
    /// <param name="azurite">The storage.</param>
    /// <param name="containers">The containers, which are created.</param>
    /// <param name="settings">What the page says. Addresses of targets become those of a service that is there.</param>
    public static async Task<PageServer> StartAsync(
        AzuriteFixture azurite, IReadOnlyList<string> containers, IReadOnlyDictionary<string, string> settings)
    {
        var token = TestContext.Current.CancellationToken;
        foreach (var container in containers)
            await azurite.BlobServiceClient.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: token);

        var target = await EchoTarget.StartAsync();
        var more = settings.ToDictionary(
            static setting => setting.Key,
            setting => setting.Key.EndsWith(":Address", StringComparison.Ordinal) ? target.Address : setting.Value);
        var process = await ServerProcess.StartAsync(
            new ServerSettings { ConnectionString = azurite.ConnectionString, Containers = containers, More = more }, token);
        return new PageServer(target, process);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string verb, string pathAndQuery, string body, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(verb), pathAndQuery);
        if (body.Length > 0)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
            Assert.True(
                request.Headers.TryAddWithoutValidation(name, value)
                    || request.Content?.Headers.TryAddWithoutValidation(name, value) == true, $"No place for {name}.");
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        await _target.DisposeAsync();
    }
}
