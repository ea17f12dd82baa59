using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks how callers are identified. Every message names the key and the remedy.</summary>
internal sealed class CallerOptionsCheck(SluiceHost host) : IValidateOptions<CallerOptions>
{
    public ValidateOptionsResult Validate(string? name, CallerOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(CallerOptions options)
    {
        if (options.AppServicePrincipal && host != SluiceHost.Functions)
        {
            yield return $"{CallerOptions.Section}:{nameof(options.AppServicePrincipal)} is true: it must be false or missing outside "
                + "Azure Functions, where any client can send the header. Remove it; Sluice:Server:Tokens accepts bearer tokens.";
        }

        foreach (var (key, claim) in (IEnumerable<(string, string?)>)
            [(nameof(options.IdClaim), options.IdClaim), (nameof(options.NameClaim), options.NameClaim)])
        {
            if (string.IsNullOrWhiteSpace(claim))
            {
                yield return $"{CallerOptions.Section}:{key} is empty: it must be the name of a claim. Set it, or remove it.";
            }
        }
    }
}
