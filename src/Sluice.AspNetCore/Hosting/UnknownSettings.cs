using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Sluice.AspNetCore;

/// <summary>
/// Finds settings that no option is bound to. The binder passes over them in silence, so a misspelt condition would be none at all. (Its
/// own <c>ErrorOnUnknownConfiguration</c> stops at the first object that has one, and does not say where that object is.)
/// </summary>
internal static class UnknownSettings
{
    private const int MaxEdits = 2;

    /// <summary>A sentence for each key under a section that no property has, in the order of the configuration.</summary>
    /// <param name="section">The section.</param>
    /// <param name="optionsType">What it is bound to: a class, or a list or dictionary of classes or values.</param>
    public static IEnumerable<string> Find(IConfigurationSection section, Type optionsType)
    {
        var type = Nullable.GetUnderlyingType(optionsType) ?? optionsType;
        if (!IsValue(type) && ElementType(type) is { } element)
        {
            return section.GetChildren().SelectMany(child => Find(child, element));
        }

        var properties = IsValue(type) ? [] : Properties(type);
        return section.GetChildren().SelectMany(child => properties.TryGetValue(child.Key, out var property)
            ? Find(child, property)
            : [$"{child.Path} is not a setting.{Suggestion(child.Key, properties.Keys)}"]);
    }

    // What is written as one text.
    private static bool IsValue(Type type) => type == typeof(object) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    // What the values of a dictionary, or a list, are made of; null for anything else.
    private static Type? ElementType(Type type)
    {
        var made = type.GetInterfaces().Append(type).Where(static part => part.IsGenericType)
            .ToLookup(static part => part.GetGenericTypeDefinition(), static part => part.GetGenericArguments()[^1]);
        return ((Type[])[typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(IEnumerable<>)])
            .SelectMany(kind => made[kind])
            .FirstOrDefault();
    }

    private static Dictionary<string, Type> Properties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(IsBound)
        .ToDictionary(
            static property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name,
            static property => property.PropertyType,
            StringComparer.OrdinalIgnoreCase);

    // Without a setter a property is bound only if there is something in it to bind to.
    private static bool IsBound(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPublic: true }
        && (property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType));

    private static string Suggestion(string key, IEnumerable<string> names)
    {
        var near = names.Select(name => (Name: name, Edits: Distance(key, name))).OrderBy(static near => near.Edits).FirstOrDefault();
        return near.Name is not null && near.Edits <= MaxEdits && near.Edits < key.Length ? $" Did you mean '{near.Name}'?" : "";
    }

    // Levenshtein's: how many letters are to be put in, taken out or replaced, whatever their case.
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
