using Microsoft.Extensions.Options;

namespace Sluice.Server;

/// <summary>Who may call has to be said. Every message names the key and the remedy, and no message a value: it may be a secret.</summary>
internal sealed class ServerOptionsCheck(IHostEnvironment environment) : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(ServerOptions options)
    {
        foreach (var (index, key) in options.Keys.Index())
        {
            if (string.IsNullOrWhiteSpace(key))
            {
                yield return $"Sluice:Server:Keys:{index} is empty: it has to be a text that callers send as x-functions-key. Give it a value or remove it.";
            }
        }

        if (options.Keys.Count == 0 && !options.AllowAnonymous && !environment.IsDevelopment())
        {
            yield return "Sluice:Server:Keys is empty: set Sluice:Server:Keys:0 to a key that callers send as x-functions-key, or Sluice:Server:AllowAnonymous to true behind a gateway that checks callers.";
        }

        if (options.Keys.Count > 0 && options.AllowAnonymous)
        {
            yield return "Sluice:Server:AllowAnonymous is true: it has to be false, or left out, where Sluice:Server:Keys has keys, which every caller then needs. Remove one of the two.";
        }
    }
}
