namespace Sluice.Resumable;

/// <summary>
/// The appends that this instance is taking, by upload. Whoever asks for the offset takes over from them, and would overtake bytes that have arrived and are
/// on their way to storage: a client whose connection broke would send them again. So they are told to read no more, and waited for. That is a
/// kindness and nothing else: what is true is in storage, other instances know nothing of it, and nobody waits for long.
/// </summary>
internal sealed class ActiveAppends(TimeProvider time)
{
    /// <summary>How long anybody waits. Storage takes a block in less, or is so slow that the client is better off with an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<ActiveAppend>> _appends = [];

    /// <summary>An append begins; it has ended once it was disposed of.</summary>
    public ActiveAppend Begin(Guid upload)
    {
        var append = new ActiveAppend(ended => Remove(upload, ended));
        lock (_gate)
        {
            if (!_appends.TryGetValue(upload, out var others))
            {
                _appends.Add(upload, others = []);
            }

            others.Add(append);
        }

        return append;
    }

    /// <summary>Tells the appends of an upload to read no more, and waits until what they have is in storage; or for as long as there is patience.</summary>
    public async ValueTask FinishAsync(Guid upload, CancellationToken cancellationToken)
    {
        ActiveAppend[] appends;
        lock (_gate)
        {
            appends = [.. _appends.GetValueOrDefault(upload) ?? []];
        }

        if (appends.Length == 0)
        {
            return;
        }

        Array.ForEach(appends, static append => append.Stop());
        try
        {
            await Task.WhenAll(appends.Select(static append => append.Ended)).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It is overtaken like one of another instance.
        }
    }

    private void Remove(Guid upload, ActiveAppend append)
    {
        lock (_gate)
        {
            if (_appends.TryGetValue(upload, out var others) && others.Remove(append) && others.Count == 0)
            {
                _appends.Remove(upload);
            }
        }
    }
}
