using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Faults;

/// <summary>One server for the tests of a class, its storage behind a bad wire, and what they ask of both.</summary>
public abstract class SluiceFixture(AzuriteFixture azurite, params (string Key, string Value)[] settings) : IAsyncLifetime
{
    /// <summary>
    /// When a test that waits fails. No test passes by it: on a machine with five times the work that it has cores for,
    /// what takes a second takes ten.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private ServerProcess? _server;
    private FaultyStorage? _storage;
    private HttpClient? _client;
    private int _linesChecked;

    internal ServerProcess Server => _server!;

    internal FaultyStorage Storage => _storage!;

    internal HttpClient Client => _client!;

    internal ServerSettings Settings => new()
    {
        ConnectionString = ConnectionString,
        Containers = [Container.Name],
        IsMeasured = IsMeasured,
        More = settings.ToDictionary(static setting => setting.Key, static setting => setting.Value),
    };

    /// <summary>Where the server stores, looked at past the bad wire.</summary>
    internal BlobContainerClient Container { get; private set; } = null!;

    /// <summary>Where the server stores: behind the bad wire, unless a class has no use for one.</summary>
    protected virtual string ConnectionString => Storage.ConnectionString;

    /// <inheritdoc cref="ServerSettings.IsMeasured"/>
    protected virtual bool IsMeasured => false;

    /// <summary>How long a request of <see cref="Client"/> may take.</summary>
    protected virtual TimeSpan RequestTimeout => 2 * Patience;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Container = await azurite.NewContainerAsync();
        await PrepareAsync();
        _storage = await FaultyStorage.StartAsync(azurite, Cancelled);
        _server = await ServerProcess.StartAsync(Settings, Cancelled);
        _client = _server.CreateClient();
        _client.Timeout = RequestTimeout;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_storage is not null)
            await _storage.DisposeAsync();
    }

    /// <summary>What is to be done to the container before the server starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    internal string PathOf(string blob) => $"/api/blobs/{Container.Name}/{blob}";

    internal Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Server.Address, Cancelled);

    /// <summary>
    /// A client whose body the server has begun to wait for: it asked for <c>100 Continue</c> and got it, so that whatever it does next
    /// meets an upload under way.
    /// </summary>
    internal async Task<RawClient> BeginAsync(string blob, string framing)
    {
        var client = await ConnectAsync();
        await client.SendHeadAsync(PathOf(blob), [framing, "Expect: 100-continue"], Cancelled);
        Assert.Equal(100, (await client.ReadAsync(Cancelled)).Status);
        return client;
    }

    internal async Task<Answer> PutAsync(string blob, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, PathOf(blob)) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request, Cancelled);
        return await Answer.OfAsync(response, Cancelled);
    }

    internal Task<Answer> PutAsync(string blob, byte[] body, params (string Name, string Value)[] headers) =>
        PutAsync(blob, new ByteArrayContent(body), headers);

    /// <summary>Reads back; a part of a blob is only sent once it is known what is there.</summary>
    internal async Task<Answer> GetAsync(string blob, bool part = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(blob));
        if (part)
            request.Headers.Add("Range", "bytes=1-2");
        using var response = await Client.SendAsync(request, Cancelled);
        return await Answer.OfAsync(response, Cancelled);
    }

    /// <summary>What is visible under a name: its entity tag and its digest, or "nothing".</summary>
    internal async Task<string> VisibleAsync(string blob)
    {
        try
        {
            var found = (await Container.GetBlobClient(blob).DownloadContentAsync(Cancelled)).Value;
            return $"{found.Details.ETag.ToString().Trim('"')} {Convert.ToHexString(SHA256.HashData(found.Content))}";
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return "nothing";
        }
    }

    /// <summary>Puts something there that must survive.</summary>
    internal async Task<string> SeedAsync(string blob)
    {
        await Container.GetBlobClient(blob).UploadAsync(BinaryData.FromString("what was there before"), overwrite: true, Cancelled);
        return await VisibleAsync(blob);
    }

    internal async Task AssertStoredAsync(string blob, byte[] body, Answer answer)
    {
        Assert.Equal("201", answer.Status == 201 ? "201" : answer.Problem);
        Assert.Equal($"{answer.Text("etag").Trim('"')} {Convert.ToHexString(SHA256.HashData(body))}", await VisibleAsync(blob));
    }

    /// <summary>The server works, and since the last time nothing happened to it that it did not expect.</summary>
    internal async Task AssertHealthyAsync()
    {
        var (blob, body) = ($"healthy-{Guid.NewGuid():N}", TestBody.Of(100_000));
        var answer = await PutAsync(blob, body);
        // A class that tests a time-out has a short one, which a busy machine can't always keep.
        for (var began = Stopwatch.GetTimestamp(); IsOutOfTime(answer) && Stopwatch.GetElapsedTime(began) < Patience;)
            answer = await PutAsync(blob, body);
        await AssertStoredAsync(blob, body, answer);
        var output = Server.Output;
        var news = output.Skip(_linesChecked).ToList();
        _linesChecked = output.Count;
        var errors = string.Join('\n', news.SelectMany((line, at) =>
            line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
                ? news.Skip(at).Take(20)
                : []));
        Assert.True(errors.Length == 0, errors);
    }

    /// <summary>Waits for the one line that the server logs at the end of an upload.</summary>
    internal async Task<string> OutcomeAsync(string blob)
    {
        string? Line() => Server.Output.FirstOrDefault(line => line.Contains($" {Container.Name}/{blob}", StringComparison.Ordinal));
        await UntilAsync(() => Line() is not null, $"The server has logged nothing of {blob}");
        return Line()!.Trim().Replace($"{Container.Name}/", "", StringComparison.Ordinal);
    }

    /// <summary>Waits until so many requests of a kind have reached storage.</summary>
    internal Task UntilAskedAsync(StorageOperation operation, string blob, int count = 1) =>
        UntilAsync(() => Storage.Count(operation, blob) >= count, $"Storage was not asked for {count} {operation}");

    private static bool IsOutOfTime(Answer answer) => answer.Status is 408 or 503 or 504;

    private async Task UntilAsync(Func<bool> condition, string problem)
    {
        for (var began = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(TimeSpan.FromMilliseconds(10), Cancelled))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                Assert.Fail($"{problem} within {Patience.TotalSeconds} s:\n{string.Join('\n', Server.Output)}");
        }
    }
}
