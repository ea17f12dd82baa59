using Sluice.Settings;

namespace Sluice.MediaTypes;

/// <summary>A list of patterns, of which one is enough.</summary>
internal static class PatternList
{
    /// <summary>Compiles those that are patterns, and reports the others.</summary>
    /// <param name="texts">The patterns as configured.</param>
    /// <param name="key">Their setting, within the section of <paramref name="problems"/>.</param>
    /// <param name="problem">Says why a text is no pattern, or null.</param>
    /// <param name="compile">Makes a pattern of a text that is one.</param>
    /// <param name="problems">Where the others are reported.</param>
    public static IReadOnlyList<IPattern> Compile(
        IEnumerable<string> texts, string key, Func<string, string?> problem, Func<string, IPattern> compile, SettingProblems problems)
    {
        var patterns = new List<IPattern>();
        var under = problems.Under(key);
        foreach (var (index, text) in texts.Index())
        {
            if (problem(text) is { } why)
            {
                under.Add($"{index}", text, why);
            }
            else
            {
                patterns.Add(compile(text));
            }
        }

        return patterns;
    }
}
