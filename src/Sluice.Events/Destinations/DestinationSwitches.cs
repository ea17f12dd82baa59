using System.Globalization;
using Microsoft.Extensions.Logging;
using Sluice.Events.Diagnostics;
using Sluice.Events.Outbox;

namespace Sluice.Events.Destinations;

/// <summary>
/// Which destinations have said that they want no more events (410). It is kept in the metadata of the outbox's queue, so every instance
/// knows it: <c>off_NAME</c>, and since when.
/// </summary>
internal sealed class DestinationSwitches(EventQueues queues, TimeProvider time, ILogger<DestinationSwitches> logger) : IDisposable
{
    private const string Prefix = "off_";

    // What another instance has switched gets here that late.
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1);
    private IDictionary<string, string>? _known;
    private long _readAt;

    /// <summary>Since when a destination is off; null if it is on.</summary>
    public async ValueTask<string?> OffSinceAsync(string destination, CancellationToken cancellationToken)
    {
        if (_known is not { } known || time.GetElapsedTime(_readAt) > _fresh)
        {
            known = await ReadAsync(cancellationToken);
        }

        return known.TryGetValue(KeyOf(destination), out var since) ? since : null;
    }

    /// <summary>Switches a destination off, or on again.</summary>
    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> SwitchAsync(string destination, bool on, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var known = new Dictionary<string, string>(await ReadAsync(cancellationToken), StringComparer.OrdinalIgnoreCase);
            var changes = on ? known.Remove(KeyOf(destination)) : known.TryAdd(KeyOf(destination), time.GetUtcNow().ToString("O"));
            if (changes)
            {
                await queues.Outbox.SetMetadataAsync(known, cancellationToken);
                _known = known;
                if (!on)
                {
                    logger.SwitchedOff(destination);
                }
            }

            return changes;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<IDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var at = time.GetTimestamp();
        var read = new Dictionary<string, string>(await queues.Outbox.MetadataAsync(cancellationToken), StringComparer.OrdinalIgnoreCase);
        (_known, _readAt) = (read, at);
        return read;
    }

    // The name of metadata is a C# identifier.
    private static string KeyOf(string destination) => Prefix + string.Concat(destination.ToLowerInvariant().Select(
        static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"_{(int)c:x4}")));
}
