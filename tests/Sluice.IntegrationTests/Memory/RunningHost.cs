using System.Globalization;

namespace Sluice.IntegrationTests.Memory;

/// <summary>
/// A host that was started by hand, for instance by <c>func start</c>, and is to be measured instead of one that the tests start.
/// Given by <c>SLUICE_BASE_URL</c>, <c>SLUICE_WORKER_PID</c>, <c>SLUICE_CONTAINER</c> and, if it asks for one, <c>SLUICE_FUNCTIONS_KEY</c>.
/// </summary>
/// <param name="Address">Where it listens.</param>
/// <param name="ProcessId">The worker, whose memory counts; under the Functions host that is not the process that listens.</param>
/// <param name="Container">A container that it may write.</param>
/// <param name="Key">Sent as <c>x-functions-key</c>.</param>
internal sealed record RunningHost(Uri Address, int ProcessId, string Container, string? Key)
{
    public static RunningHost? Given { get; } = FromEnvironment();

    private static RunningHost? FromEnvironment() => Value("SLUICE_BASE_URL") is not { } address
        ? null
        : new RunningHost(
            new Uri(address),
            int.Parse(Needed("SLUICE_WORKER_PID"), CultureInfo.InvariantCulture),
            Needed("SLUICE_CONTAINER"),
            Value("SLUICE_FUNCTIONS_KEY"));

    private static string Needed(string name) =>
        Value(name) ?? throw new InvalidOperationException($"SLUICE_BASE_URL is set, so {name} must be set too.");

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
