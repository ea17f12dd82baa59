namespace Sluice.Resumable;

/// <summary>
/// The appends that this instance is receiving, by upload. A request for the offset takes over from them, and would overtake bytes that
/// have arrived and are on their way to storage: a client whose connection broke would send them again. So these appends are told to stop
/// reading, and the request waits for them. This is only an optimization: the truth is in storage, other instances know nothing of it, and
/// nobody waits for long.
/// </summary>
internal sealed class ActiveAppends(TimeProvider time)
{
    /// <summary>The longest wait. Storage takes a block in less time, or is so slow that the client is better off with an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<ActiveAppend>> _appends = [];

    /// <summary>Registers an append. It ends when it is disposed.</summary>
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

    /// <summary>
    /// Tells the appends of an upload to stop reading, and waits until their bytes are in storage, but no longer than
    /// <see cref="Patience"/>.
    /// </summary>
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
            // It is overtaken as if another instance were receiving it.
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
