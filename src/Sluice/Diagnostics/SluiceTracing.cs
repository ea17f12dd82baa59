using System.Diagnostics;
using System.Reflection;
using Sluice.Failures;

namespace Sluice.Diagnostics;

/// <summary>The only ActivitySource. Costs nothing without a listener.</summary>
internal static class SluiceTracing
{
    /// <summary>The name of the ActivitySource, and of the Meter.</summary>
    public const string Name = "Sluice";

    private static readonly ActivitySource _source = new(Name, Version);

    /// <summary>The version of Sluice, reported by both.</summary>
    public static string? Version =>
        typeof(SluiceTracing).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>Starts the span of one upload.</summary>
    public static Activity? StartUpload() => _source.StartActivity("sluice.upload");

    /// <summary>Starts the span of one stage of an upload.</summary>
    public static Activity? StartStage(Phase phase) => _source.StartActivity(phase switch
    {
        Phase.Admit => "sluice.admit",
        Phase.Peek => "sluice.peek",
        Phase.Transfer => "sluice.transfer",
        Phase.Seal => "sluice.seal",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No stage of its own."),
    });

    /// <summary>Records on a span what failed, as <c>error.type</c> according to OpenTelemetry, and which party caused it.</summary>
    public static void Fail(this Activity? span, Failure failure) => span?
        .SetStatus(ActivityStatusCode.Error, failure.Detail)
        .SetTag("error.type", failure.Kind.ToString())
        .SetTag("sluice.phase", failure.Phase.ToString())
        .SetTag("sluice.party", failure.Party.ToString());
}
