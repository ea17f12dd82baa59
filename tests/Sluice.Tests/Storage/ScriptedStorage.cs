namespace Sluice.Tests.Storage;

/// <summary>
/// The blob service in memory, under the real SDK: every request goes through the SDK's own pipeline and stops short of a socket. It is
/// honest unless it is told otherwise, request by request.
/// </summary>
internal sealed class ScriptedStorage : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly ScriptedAccount _account = new();
    private readonly Dictionary<(StorageOperation Operation, int Index), StorageTurn> _script = [];
    private readonly List<StorageRequest> _requests = [];
    private readonly HashSet<StorageRequest> _open = [];

    /// <summary>What is visible, by container and name.</summary>
    public IReadOnlyDictionary<string, ScriptedBlob> Blobs => _account.Blobs;

    /// <summary>The clock that it tells with every answer; none, unless a test has one.</summary>
    public TimeProvider? Time { get; set; }

    /// <inheritdoc cref="ScriptedAccount.SortsBlocks"/>
    public bool SortsBlocks
    {
        get => _account.SortsBlocks;
        set => _account.SortsBlocks = value;
    }

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<StorageRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>How many requests are being answered now.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>How many requests were open at once, at most.</summary>
    public int MostOpen { get; private set; }

    /// <summary>Called when a request arrives.</summary>
    public Action? OnRequest { get; set; }

    /// <summary>What happens to requests that have no turn of their own.</summary>
    public StorageTurn Otherwise { get; set; } = Turn.Normal;

    /// <inheritdoc cref="ScriptedAccount.Staged"/>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Staged(string name)
    {
        lock (_gate)
        {
            return _account.Staged(name);
        }
    }

    /// <summary>Requests of one kind.</summary>
    public IReadOnlyList<StorageRequest> Of(StorageOperation operation) => [.. Requests.Where(request => request.Operation == operation)];

    /// <summary>Gives the request of that kind with that index, retries included, a turn of its own.</summary>
    public ScriptedStorage On(StorageOperation operation, int index, StorageTurn turn)
    {
        _script[(operation, index)] = turn;
        return this;
    }

    /// <summary>Gives all requests of a kind the same turn.</summary>
    public ScriptedStorage OnEvery(StorageOperation operation, StorageTurn turn)
    {
        var others = Otherwise;
        Otherwise = exchange => exchange.Request.Operation == operation ? turn(exchange) : others(exchange);
        return this;
    }

    /// <summary>Puts a blob there as if another writer had.</summary>
    public ScriptedBlob Put(string name, byte[] content, params (string Name, string Value)[] properties)
    {
        lock (_gate)
        {
            return _account.Put(name, content, properties);
        }
    }

    /// <summary>
    /// A request arrives once more, as the network or something in between may do it: late, and nobody waits for its answer.
    /// </summary>
    public void Repeat(StorageRequest request) => CarryOut(request).Dispose();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var arrived = StorageRequest.Of(request);
        StorageTurn turn;
        lock (_gate)
        {
            var index = _requests.Count(earlier => earlier.Operation == arrived.Operation);
            turn = _script.GetValueOrDefault((arrived.Operation, index)) ?? Otherwise;
            _requests.Add(arrived);
            _open.Add(arrived);
            MostOpen = Math.Max(MostOpen, _open.Count);
            OnRequest?.Invoke();
        }

        try
        {
            var answer = await turn(new StorageExchange(arrived, request.Content, CarryOut, cancellationToken));
            answer.RequestMessage = request;
            answer.Headers.Date = Time?.GetUtcNow();
            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(arrived);
            }
        }
    }

    private HttpResponseMessage CarryOut(StorageRequest request)
    {
        lock (_gate)
        {
            return _account.CarryOut(request);
        }
    }
}
