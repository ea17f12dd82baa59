using Microsoft.Extensions.Configuration;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// Finds settings that no option is bound to. The binder ignores them silently, so a misspelt condition would have no effect. (Its own
/// <c>ErrorOnUnknownConfiguration</c> stops at the first object with an unknown setting and does not report where that object is.)
/// </summary>
internal static class UnknownSettings
{
    private const int MaxEdits = 2;

    /// <summary>Returns one sentence for each key under a section that matches no property, in the order of the configuration.</summary>
    /// <param name="section">The section.</param>
    /// <param name="optionsType">The type it is bound to: a class, or a list or dictionary of classes or values.</param>
    public static IEnumerable<string> Find(IConfigurationSection section, Type optionsType)
    {
        var type = Nullable.GetUnderlyingType(optionsType) ?? optionsType;
        if (!SettingTypes.IsValue(type) && SettingTypes.ElementOf(type) is { } element)
        {
            return section.GetChildren().SelectMany(child => Find(child, element));
        }

        var properties = SettingTypes.IsValue(type) ? [] : SettingTypes.PropertiesOf(type);
        return section.GetChildren().SelectMany(child =>
            properties.TryGetValue(child.Key, out var property) ? Find(child, property) : [Sentence(child, properties.Keys)]);
    }

    /// <summary>The message for one unknown setting.</summary>
    public static string Sentence(IConfigurationSection unknown, IEnumerable<string> names) =>
        $"{unknown.Path} is not a setting.{Suggestion(unknown.Key, names)}";

    private static string Suggestion(string key, IEnumerable<string> names)
    {
        var near = names.Select(name => (Name: name, Edits: Distance(key, name))).OrderBy(static near => near.Edits).FirstOrDefault();
        return near.Name is not null && near.Edits <= MaxEdits && near.Edits < key.Length
            ? $" Did you mean '{near.Name}'?"
            : " Remove it, or correct its name.";
    }

    // Levenshtein distance: how many letters must be inserted, deleted or replaced, ignoring case.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
