using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Limits;

/// <summary>Has small limits, which come back so slowly that no test sees it, and a caller for each test.</summary>
public sealed class LimitServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    internal const int AtOnce = 3;
    internal const int Burst = 8;
    internal const int Bytes = 100_000;

    private static readonly string[] _callers = ["often", "other", "bytes", "once", "cut"];

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>(_callers.SelectMany(static name => (KeyValuePair<string, string>[])
        [
            new($"Sluice:Server:NamedKeys:{name}:Keys:0", Key(name).Value),
            new($"Sluice:Server:NamedKeys:{name}:Keys:1", Key($"{name}-2").Value),
            new($"Sluice:Server:NamedKeys:{name}:Scopes:0", "admin"),
        ]))
        {
            ["Sluice:Limits:RequestsAtOnce"] = $"{AtOnce}",
            ["Sluice:Limits:RequestsPerMinute"] = "1",
            ["Sluice:Limits:RequestBurst"] = $"{Burst}",
            ["Sluice:Limits:BytesPerSecond"] = "1",
            ["Sluice:Limits:ByteBurst"] = $"{Bytes}",
        };

    /// <summary>The key of a caller.</summary>
    internal static (string Name, string Value) Key(string name) => ("x-functions-key", $"{name}-0123456789abcdef");
}
