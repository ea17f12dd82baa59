using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Relay;
using Sluice.Downstream;
using Sluice.Names;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks at startup that the policy service can be asked. No message contains the secret.</summary>
internal sealed class PolicyOptionsCheck(IOptions<RelayOptions> relay) : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        var problems = new List<string>();
        var found = new SettingProblems(PolicyOptions.Section, null, problems);
        if (!Enum.IsDefined(options.WhenDown))
        {
            found.Add(
                nameof(options.WhenDown), options.WhenDown, $"it must be one of {string.Join(", ", Enum.GetNames<PolicyWhenDown>())}");
        }

        foreach (var (index, header) in options.Headers.Index())
        {
            var wrong = !HeaderName.IsValid(header ?? "") ? "it must be the name of a header"
                : RelayHeaders.IsOurs(header!) ? "it authenticates the caller to Sluice, and is not disclosed to others"
                : options.Headers.Take(index).Contains(header, StringComparer.OrdinalIgnoreCase) ? "an earlier entry is the same header"
                : null;
            if (wrong is not null)
            {
                found.Under(nameof(options.Headers)).Add($"{index}", Redaction.Short(header ?? ""), wrong);
            }
        }

        if (options.Target is not null)
        {
            CheckTarget(options, found);
        }
        else if (options is not { Path: null, Secret: null })
        {
            found.Missing(nameof(options.Target), "without it, Path and Secret have no effect");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private void CheckTarget(PolicyOptions options, SettingProblems found)
    {
        if (EventSigner.From(options.Secret) is null)
        {
            found.Missing(
                nameof(options.Secret), "it is whsec_ and 24 to 64 bytes in base64, and the service verifies the question with it");
        }

        if (relay.ValueOrNull() is not { } relayed)
        {
            return;
        }

        if (!relayed.Targets.TryGetValue(options.Target!, out var target))
        {
            found.Add(nameof(options.Target), options.Target, "not one of Sluice:Relay:Targets");
        }
        else if (!new RelayTarget(options.Target!, target).TryAddress(options.Path ?? "", "", out _, out var problem))
        {
            found.Add(nameof(options.Path), options.Path, problem.TrimEnd('.'));
        }
    }
}
