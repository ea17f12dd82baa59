using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Settings;
using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// The memory contract (docs/architecture.md): as many uploads as an instance takes at once, each at its peak, need at most half of its
/// memory; the other half is the runtime's and the Functions host's. And the pool has a first block for each of them, so that none waits.
/// </summary>
internal static class MemoryRule
{
    // What one upload adds beside its blocks, measured: 0.4 MiB among 32 at once, 1.1 for a relay over HTTP/2 (docs/promises.md).
    internal const long OverheadBytes = 5 << 18;

    public static IReadOnlyList<string> Violations(JsonNode snapshot)
    {
        using var services = SettingsRule.Services(snapshot);
        var blob = services.GetRequiredService<IOptions<BlobOptions>>().Value;
        var budget = services.GetRequiredService<IOptions<MemoryOptions>>().Value.BudgetBytes;
        var peek = services.GetRequiredService<IOptions<PeekOptions>>().Value.WindowBytes;

        var (memory, concurrency) = Instance(snapshot);
        var upload = peek + ((blob.BlocksInFlight + 1L) * blob.BlockBytes) + OverheadBytes;
        return
        [
            .. Only(concurrency * upload > memory / 2, $"{concurrency} uploads of {upload} bytes need more than half of {memory}."),
            .. Only(budget + (concurrency * (peek + OverheadBytes)) > memory / 2,
                $"The pool may take {budget} bytes, and with {concurrency} uploads more than half of {memory}."),
            .. Only(
                budget < concurrency * (long)blob.BlockBytes,
                $"The pool of {budget} bytes has no first block for each of {concurrency} uploads."),
        ];
    }

    private static IEnumerable<string> Only(bool wrong, string sentence) => wrong ? [sentence] : [];

    private static (long Memory, long Concurrency) Instance(JsonNode snapshot)
    {
        if (Of(snapshot, App).SingleOrDefault() is { } app)
        {
            var scale = app["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
            return ((long)scale["instanceMemoryMB"]! << 20, (long)scale["triggers"]!["http"]!["perInstanceConcurrency"]!);
        }

        return (ContainerSize.MemoryBytes(snapshot), long.Parse(ContainerSize.HttpRule(snapshot), CultureInfo.InvariantCulture));
    }
}
