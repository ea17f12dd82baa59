using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore;

/// <summary>Stops the start at a setting that no option is bound to: a misspelt limit would be none.</summary>
internal sealed class UnknownSettingsCheck<T>(IConfigurationSection section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var problems = UnknownSettings.Find(section, typeof(T)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
