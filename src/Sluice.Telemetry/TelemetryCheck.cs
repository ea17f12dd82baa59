using Microsoft.Extensions.Options;

namespace Sluice.Telemetry;

/// <summary>Fails startup if telemetry would be exported nowhere.</summary>
internal sealed class TelemetryCheck(TelemetrySettings settings) : IValidateOptions<TelemetryCheck.Checked>
{
    public ValidateOptionsResult Validate(string? name, Checked options) =>
        settings.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

    /// <summary>Empty: the settings are not Sluice's own, and are read where they are used.</summary>
    internal sealed class Checked;
}
