using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Azure;
using Azure.Storage.Blobs.Models;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// One use of one way in: a client with names of its own, which knows what it sent and what it was told, and looks into the account
/// itself to see whether that is true.
/// </summary>
/// <param name="world">What is run against.</param>
/// <param name="way">What is done, for messages.</param>
/// <param name="number">Which run of the campaign it is.</param>
/// <param name="seed">What decides all that is random in it.</param>
internal sealed class Run(World world, string way, int number, int seed) : IDisposable
{
    /// <summary>How often, at most, storage says in a row what is not so.</summary>
    public const int MostLies = 4;

    // An upload whose commit may yet be carried out is busy for 45 s, and a fault may strike two commits of one in a row.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private readonly bool _isHttp2 = Campaign.RandomFor(number, "version").Next(2) == 1;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ConcurrentBag<Task> _late = [];
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(world.Ending);

    /// <summary>Decides all that is random.</summary>
    public Random Random { get; } = Campaign.RandomFor(number, "client");

    /// <summary>The beginning of all names that it uses: no other run has it.</summary>
    public string Token { get; } = string.Create(CultureInfo.InvariantCulture, $"run-{seed:D4}-{number:D7}");

    /// <summary>What is run against.</summary>
    public World World => world;

    /// <summary>Whether storage may say of something that it is not there, or not allowed, though it is.</summary>
    public bool MayLie { get; init; }

    /// <summary>
    /// Whether a request may meet another one of this run that it does not know of:
    /// a repetition by the way to storage, or a request of a server that is dead.
    /// </summary>
    public bool MayConflict => MayLie || !world.StorageIsSound || world.MayBreak || ClientFault is not null;

    /// <summary>Which of its requests the client breaks, and how; null for an honest client.</summary>
    public ClientFaultPlan? ClientFault { get; init; }

    /// <summary>What its client was answered, in order.</summary>
    public IReadOnlyList<string> Said => [.. _said];

    /// <summary>Ends it.</summary>
    public CancellationToken Ending => _end.Token;

    /// <summary>Bytes that no other run has, and no part of them is like another.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        if (count > 0)
            bytes[0] = 0;
        return bytes;
    }

    /// <summary>Sends a request. It may stay without an answer only if a server was killed meanwhile.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var before = world.Interruptions;
        var reply = await TrySendAsync(method, path, content, headers);
        if (reply.Broken is { } broken && !reply.IsFaulted && before % 2 == 0 && world.Interruptions == before)
            throw Violated($"{method} {path} was not answered: {broken}");
        return reply;
    }

    /// <summary>Sends a request whose answer may break off.</summary>
    public async Task<Reply> TrySendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        Reply reply;
        using var request = new HttpRequestMessage(method, new Uri(world.Address, path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content!.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            if (ClientFault?.Next(request) is { } fault)
            {
                reply = await fault.SendAsync(this, request);
            }
            else
            {
                OverHttp2(request);
                using var response = await world.Client.SendAsync(request, _end.Token);
                reply = await Reply.OfAsync(response, _end.Token);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException && !_end.IsCancellationRequested)
        {
            reply = Reply.None(e);
        }

        _said.Enqueue($"{method} {reply.Said}");
        if (reply is { Broken: null, IsFaulted: false })
            Check(world.Allows(reply), $"{method} {reply.Said}, which nothing that went wrong here explains");
        return reply;
    }

    /// <summary>Sends a request until it is answered for good, as a client does that means it.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="isToBeRepeated">What else is no answer for good.</param>
    public async Task<Reply> UntilAnsweredAsync(Func<Task<Reply>> send, Func<Reply, bool>? isToBeRepeated = null)
    {
        for (var (began, pause) = (Stopwatch.GetTimestamp(), 50); ; pause = Math.Min(2 * pause, 2_000))
        {
            // A storage that lies says that a condition does not hold, which is then said to the client too.
            if (await send() is { IsToBeRepeated: false } reply && !(MayLie && reply.Status == 412)
                && isToBeRepeated?.Invoke(reply) is not true)
                return reply;
            if (Stopwatch.GetElapsedTime(began) > _patience)
                throw Violated($"is still not answered for good after {_patience.TotalSeconds} s");
            await Task.Delay(pause, _end.Token);
        }
    }

    /// <summary>Looks again until something is so.</summary>
    public async Task UntilAsync(Func<Task> look, Func<bool> isSo, string otherwise)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(50, _end.Token))
        {
            Check(Stopwatch.GetElapsedTime(began) < _patience, otherwise);
            await look();
        }
    }

    /// <summary>A body, with a length or without.</summary>
    public HttpContent Content(byte[] bytes, string? mediaType = null)
    {
        HttpContent content = Random.Next(2) == 0
            ? new ByteArrayContent(bytes)
            : new UnsizedContent(async stream => await stream.WriteAsync(bytes, _end.Token));
        content.Headers.ContentType = mediaType is null ? null : new(mediaType);
        return content;
    }

    /// <summary>The path of a blob of this run.</summary>
    public string PathOf(string name) => $"/api/blobs/{world.Container.Name}/{name}";

    /// <summary>What is visible under a name, looked at past everything that is tested; null for nothing.</summary>
    public async Task<byte[]?> VisibleAsync(string name)
    {
        try
        {
            return (await world.Container.GetBlobClient(name).DownloadContentAsync(_end.Token)).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Puts something there that must survive.</summary>
    public async Task<byte[]> SeedAsync(string name)
    {
        var bytes = Bytes(1_000);
        await world.Container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, _end.Token);
        return bytes;
    }

    /// <summary>All that is visible of this run.</summary>
    public async Task<List<string>> NamesAsync(string prefix = "")
    {
        var names = new List<string>();
        await foreach (var blob in world.Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix + Token, _end.Token))
            names.Add(blob.Name);
        return names;
    }

    /// <summary>Notes a request that reaches storage when nobody waits for it any more.</summary>
    public void Late(Task request) => _late.Add(request);

    /// <summary>Waits for what is late: what was injected, and what a server had sent to storage before it was killed.</summary>
    public async Task SettledAsync()
    {
        if (world.MayBreak && _said.Any(static said => said.EndsWith(Reply.NoAnswer, StringComparison.Ordinal)))
            await Task.Delay(TimeSpan.FromMilliseconds(500), _end.Token);
        await Task.WhenAll(_late).WaitAsync(_patience, _end.Token);
    }

    /// <summary>Whether two contents are the same; null is none.</summary>
    public static bool Same(byte[]? one, byte[]? other) =>
        one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    /// <summary>A promise.</summary>
    public void Check(bool kept, string otherwise)
    {
        if (!kept)
            throw Violated(otherwise);
    }

    public Violation Violated(string message) =>
        new(
            $"{way}, run {number} of seed {seed}: {message}. Answers: {string.Join(", ", _said)}. "
                + $"{(ClientFault is null ? world.Note(Token) : $"{ClientFault}")}");

    /// <summary>Uses a way in, and cleans up behind it.</summary>
    /// <returns>What was not kept, or what was thrown; null for nothing.</returns>
    public async Task<string?> TryAsync(Way by)
    {
        try
        {
            await by.RunAsync(this);
            await CleanAsync(by.Prefixes);
            return null;
        }
        catch (Exception e) when (!world.Ending.IsCancellationRequested)
        {
            return e is Violation ? e.Message : $"{Violated("it ended with an exception").Message}\n{e}";
        }
    }

    /// <summary>Removes what it stored, so that the account stays small.</summary>
    public async Task CleanAsync(params IEnumerable<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            foreach (var name in await NamesAsync(prefix))
                await world.Container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: _end.Token);
        }
    }

    public void Dispose() => _end.Dispose();

    // Half of the clients, where the server speaks it.
    private void OverHttp2(HttpRequestMessage request)
    {
        if (!_isHttp2 || world.Http2(request.RequestUri!) is not { } address)
            return;
        request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
    }
}
