using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Sluice.AspNetCore.Hosting;

/// <summary>
/// Finds values that can't be converted to the type of their option. The binder stops at the first, and silently ignores a value in the
/// place of a list.
/// </summary>
internal static class UnreadableSettings
{
    /// <summary>Returns one sentence for each value under a section that can't be read, in the order of the configuration.</summary>
    /// <param name="section">The section.</param>
    /// <param name="optionsType">The type it is bound to.</param>
    public static IEnumerable<string> Find(IConfigurationSection section, Type optionsType)
    {
        var type = Nullable.GetUnderlyingType(optionsType) ?? optionsType;
        if (SettingTypes.IsValue(type))
        {
            return section.Value is { } value && !CanRead(value, type, isNullable: type != optionsType) ? [Sentence(section, type)] : [];
        }

        // An empty list in a JSON file is an empty text here.
        if (!string.IsNullOrEmpty(section.Value))
        {
            var (what, first) = SettingTypes.IsList(type) ? ("a list", "0") : ("a section", "NAME");
            return [$"{section.Path} is a single value of {section.Value.Length} characters: it must be {what}. "
                + $"Set {section.Path}:{first} and so on."];
        }

        if (SettingTypes.ElementOf(type) is { } element)
        {
            return section.GetChildren().SelectMany(child => Find(child, element));
        }

        var properties = SettingTypes.PropertiesOf(type);
        return section.GetChildren().SelectMany(child => properties.TryGetValue(child.Key, out var property) ? Find(child, property) : []);
    }

    // Converts as the binder does.
    private static bool CanRead(string value, Type type, bool isNullable)
    {
        if (type == typeof(object) || (isNullable && value.Length == 0))
        {
            return true;
        }

        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string Sentence(IConfigurationSection setting, Type type)
    {
        var must =
            type == typeof(TimeSpan) ? "a time, hh:mm:ss, such as 00:00:30"
            : type == typeof(bool) ? "true or false"
            : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(double) ? "a number"
            : type == typeof(int) || type == typeof(long) ? $"a whole number, {Limits(type)}"
            : $"a {type.Name}";
        return $"{setting.Path} is {Redaction(setting)}: it must be {must}. Correct it, or remove it for the default.";
    }

    private static string Limits(Type type) => type == typeof(int)
        ? $"at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}"
        : $"at most {long.MaxValue.ToString(CultureInfo.InvariantCulture)}";

    private static string Redaction(IConfigurationSection setting) => setting.Value switch
    {
        "" => "empty",
        _ when Names.Redaction.IsSecret(setting.Key) || setting.Key.Contains("Password", StringComparison.OrdinalIgnoreCase) =>
            $"a value of {setting.Value!.Length} characters",
        _ => $"'{Names.Redaction.Short(setting.Value!)}'",
    };
}
