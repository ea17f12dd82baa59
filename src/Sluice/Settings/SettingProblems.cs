using System.Globalization;

namespace Sluice.Settings;

/// <summary>Collects configuration errors: one sentence each, which names the key as it is written in the configuration.</summary>
/// <param name="section">The key of the section, for instance <c>Sluice:Routes:2</c>.</param>
/// <param name="rule">The name of the rule, if the section belongs to one that has a name.</param>
/// <param name="problems">Where the sentences go.</param>
internal sealed class SettingProblems(string section, string? rule, ICollection<string> problems)
{
    private readonly string _rule = rule is null ? "" : $" (rule '{rule}')";

    /// <summary>The number of errors, including those of other sections.</summary>
    public int Count => problems.Count;

    /// <summary>Collects errors of a subsection.</summary>
    public SettingProblems Under(string key) => new($"{section}:{key}", rule, problems);

    /// <summary>A setting has an invalid value.</summary>
    public void Add(string key, object? value, string why) =>
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{section}:{key} is '{value}'{_rule}: {why}."));

    /// <summary>A required setting has no value.</summary>
    public void Missing(string key, string why) => problems.Add($"{section}:{key} is missing{_rule}: {why}.");

    /// <summary>The section as a whole is invalid.</summary>
    public void Whole(string what) => problems.Add($"{section}{_rule} {what}.");
}
