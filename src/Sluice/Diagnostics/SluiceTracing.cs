using System.Diagnostics;
using System.Reflection;
using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>The one ActivitySource. Costs nothing while nobody listens.</summary>
internal static class SluiceTracing
{
    /// <summary>The name of the ActivitySource, and of the Meter.</summary>
    public const string Name = "Sluice";

    private static readonly ActivitySource _source = new(Name, Version);

    /// <summary>The version of Sluice, which both carry.</summary>
    public static string? Version => typeof(SluiceTracing).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>The span of one body that has to go somewhere.</summary>
    public static Activity? StartUpload() => _source.StartActivity("sluice.upload");

    /// <summary>The span of a stage of it.</summary>
    public static Activity? StartStage(Phase phase) => _source.StartActivity(phase switch
    {
        Phase.Admit => "sluice.admit",
        Phase.Peek => "sluice.peek",
        Phase.Transfer => "sluice.transfer",
        Phase.Seal => "sluice.seal",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No stage of its own."),
    });

    /// <summary>Says on a span what failed, by <c>error.type</c> as OpenTelemetry has it, and whose doing it was.</summary>
    public static void Fail(this Activity? span, Failure failure) => span?
        .SetStatus(ActivityStatusCode.Error, failure.Detail)
        .SetTag("error.type", failure.Kind.ToString())
        .SetTag("sluice.phase", failure.Phase.ToString())
        .SetTag("sluice.party", failure.Party.ToString());
}
