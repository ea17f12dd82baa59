using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sluice.Settings;

namespace Sluice.AspNetCore.Lifetime;

/// <summary>Gives the host the grace period to stop, plus a margin to answer abandoned requests.</summary>
internal sealed class ShutdownTimeout(IOptions<ShutdownOptions> shutdown) : IConfigureOptions<HostOptions>
{
    public void Configure(HostOptions options)
    {
        try
        {
            options.ShutdownTimeout = shutdown.Value.GracePeriod + ShutdownService.Margin;
        }
        catch (OptionsValidationException)
        {
            // The host is built before its settings are checked: the check reports this error together with all others.
        }
    }
}
