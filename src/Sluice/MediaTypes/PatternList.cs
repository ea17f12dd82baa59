using Sluice.Settings;

namespace Sluice.MediaTypes;

/// <summary>A list of patterns, of which at least one must match.</summary>
internal static class PatternList
{
    /// <summary>Compiles the valid patterns, and reports the others.</summary>
    /// <param name="texts">The patterns as configured.</param>
    /// <param name="key">Their setting, within the section of <paramref name="problems"/>.</param>
    /// <param name="problem">Returns why a text is not a pattern, or null.</param>
    /// <param name="compile">Compiles a valid pattern.</param>
    /// <param name="problems">Where invalid patterns are reported.</param>
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
