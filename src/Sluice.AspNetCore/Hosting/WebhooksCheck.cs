using Microsoft.Extensions.Options;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Compiles the webhook sources at startup. Every message names the source and the key, never the value of a secret.</summary>
internal sealed class WebhooksCheck(IOptions<BlobOptions> blob, IOptions<RelayOptions> relay, IEd25519? ed25519 = null)
    : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var problems = new List<string>();
        if (blob.ValueOrNull() is { } stored && relay.ValueOrNull() is { } relayed)
        {
            _ = WebhookTable.Compile(options, stored.Names, [.. relayed.Targets.Keys], ed25519, problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
