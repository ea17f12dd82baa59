using System.Net;
using System.Text;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Server;

/// <summary>
/// A server that some tests share: HTTP/1.1 on one endpoint, HTTP/2 without TLS (prior knowledge) on another, and a container of its
/// own. A subclass says what else it is started with.
/// </summary>
public class RunningServer(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly HttpClient _client = ServerClient.Create(connections: new SocketsHttpHandler
    {
        UseProxy = false,
        // A client that says Expect: 100-continue gets an answer before it sends, however busy the machine is.
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        // Header values go out even where they are not ASCII: what the server does then is for the tests to see.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    });

    private ServerProcess? _process;
    private BlobContainerClient? _container;

    /// <summary>What is stored, as the account's owner sees it.</summary>
    public BlobContainerClient Container => _container ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Settings beyond storage and endpoints.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>The console of the server so far.</summary>
    internal IReadOnlyList<string> Output => Process.Output;

    private ServerProcess Process => _process ?? throw new InvalidOperationException("The server is not started.");

    public async ValueTask InitializeAsync()
    {
        _container = await azurite.NewContainerAsync();
        await PrepareAsync();
        var settings = new ServerSettings
        {
            ConnectionString = azurite.ConnectionString,
            Containers = [_container.Name],
            AllowAnonymous = !Settings.Keys.Any(static key => key.StartsWith("Sluice:Server:", StringComparison.Ordinal)),
            More = new Dictionary<string, string>(Settings)
            {
                ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
                ["Kestrel:Endpoints:Http1:Url"] = "http://127.0.0.1:0",
                ["Kestrel:Endpoints:Http1:Protocols"] = "Http1",
                ["Kestrel:Endpoints:H2c:Url"] = "http://127.0.0.1:0",
                ["Kestrel:Endpoints:H2c:Protocols"] = "Http2",
            },
        };
        _process = await ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken);
    }

    /// <summary>The endpoint that speaks HTTP/1.1 (1) or HTTP/2 (2). Kestrel starts them in the order of their names: H2c, Http1.</summary>
    public Uri Address(int http = 1)
    {
        if (http == 2)
            Hosts.DifferIn(HostDifference.Http1);
        return TestedHost.IsFunctions ? Process.Address : Process.Addresses[http == 2 ? 0 : 1];
    }

    /// <summary>The endpoint with TLS, where a subclass configures one.</summary>
    internal Uri SecureAddress => Process.Addresses.Single(static address => address.Scheme == Uri.UriSchemeHttps);

    /// <summary>The path of a blob, with every character of its name encoded that has another meaning in a URL.</summary>
    public string PathOf(string name) => $"/api/blobs/{Container.Name}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>What is visible under a name; null for nothing.</summary>
    internal async Task<byte[]?> VisibleAsync(string name)
    {
        var blob = Container.GetBlobClient(name);
        return await blob.ExistsAsync(TestContext.Current.CancellationToken)
            ? (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray()
            : null;
    }

    /// <summary>A connection on which a test writes and reads bytes itself.</summary>
    internal Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Address());

    internal Task<HttpResponseMessage> PutAsync(string name, HttpContent? content, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, PathOf(name), content, 1, headers);

    internal Task<HttpResponseMessage> GetAsync(string name, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, PathOf(name), null, 1, headers);

    /// <summary>Sends a request. The path goes out as it is written here; nothing in it is normalised on the way.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, int http = 1, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, content, http, headers);
        var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        // Whatever the test expects: this is never it, and an answer of the Functions host says nothing of the reason.
        if (answer.StatusCode is HttpStatusCode.InternalServerError)
            TestContext.Current.TestOutputHelper?.WriteLine($"{method} {path} was answered with 500.\n{Process.Log}");
        return answer;
    }

    /// <summary>As above; the test can give up.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, int http, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, content, http, []);
        return await _client.SendAsync(request, cancellationToken);
    }

    /// <summary>As above, with the content left for the test to read or to abandon.</summary>
    internal async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, int http)
    {
        using var request = Request(method, path, null, http, []);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        await CleanUpAsync();
    }

    /// <summary>What must be there before the server starts, which may decide its <see cref="Settings"/>.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>The end of it, after the server's.</summary>
    protected virtual ValueTask CleanUpAsync() => default;

    private HttpRequestMessage Request(
        HttpMethod method, string path, HttpContent? content, int http, (string Name, string Value)[] headers)
    {
        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(method, new Uri(Address(http).GetLeftPart(UriPartial.Authority) + path, asWritten))
        {
            Content = content,
            Version = http == 2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || content!.Headers.TryAddWithoutValidation(name, value));
        return request;
    }
}
