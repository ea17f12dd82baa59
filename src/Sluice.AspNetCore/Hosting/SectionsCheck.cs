using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Finds sections that no options are bound to: a misspelt section would be ignored silently.</summary>
internal sealed class SectionsCheck(IConfiguration configuration, IEnumerable<SluiceSection> known) : IValidateOptions<SectionsCheck.All>
{
    public ValidateOptionsResult Validate(string? name, All options)
    {
        var names = known.Select(static section => section.Path[(SluiceSection.Root.Length + 1)..]).ToList();
        var problems = configuration.GetSection(SluiceSection.Root).GetChildren()
            .Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => UnknownSettings.Sentence(child, names))
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Stands for all sections together; has no settings of its own.</summary>
    internal sealed class All;
}
