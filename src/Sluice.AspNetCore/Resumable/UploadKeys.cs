using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Diagnostics;
using Sluice.Resumable;
using Sluice.Settings;

namespace Sluice.AspNetCore.Resumable;

/// <summary>The keys that seal upload URLs. In the Development environment a process without a configured key generates its own.</summary>
internal sealed class UploadKeys
{
    public UploadKeys(IOptions<ResumableOptions> options, ILogger<UploadKeys> logger, IHostEnvironment? environment = null)
    {
        List<byte[]> keys = [.. options.Value.Keys.Select(Convert.FromBase64String)];
        if (keys.Count == 0 && environment?.IsDevelopment() == true)
        {
            keys.Add(RandomNumberGenerator.GetBytes(TicketSeal.KeyBytes));
            logger.KeyMade();
        }

        Seal = new TicketSeal(keys);
    }

    /// <summary>Seals and opens with these keys.</summary>
    public TicketSeal Seal { get; }
}
