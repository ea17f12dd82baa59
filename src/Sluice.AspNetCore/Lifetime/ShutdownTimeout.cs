using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sluice.Settings;

namespace Sluice.AspNetCore.Lifetime;

/// <summary>Gives the host as long to stop as the grace period takes, and a margin to answer those who were abandoned.</summary>
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
            // The host is built before its settings are checked: there it is said, together with all others.
        }
    }
}
