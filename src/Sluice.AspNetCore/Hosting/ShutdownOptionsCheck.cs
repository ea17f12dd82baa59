using Microsoft.Extensions.Options;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the rule that spans both settings.</summary>
internal sealed class ShutdownOptionsCheck : IValidateOptions<ShutdownOptions>
{
    public ValidateOptionsResult Validate(string? name, ShutdownOptions options) =>
        options.ReadinessDelay > TimeSpan.Zero && options.ReadinessDelay >= options.GracePeriod
            ? ValidateOptionsResult.Fail(
                $"Sluice:Shutdown:ReadinessDelay is '{options.ReadinessDelay}': it must be shorter than Sluice:Shutdown:GracePeriod "
                    + $"({options.GracePeriod}), which includes it. Increase the grace period, or reduce the delay.")
            : ValidateOptionsResult.Success;
}
