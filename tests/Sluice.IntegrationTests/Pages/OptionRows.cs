using System.Collections;
using System.Globalization;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Pages;

/// <summary>What a page's table of settings has to say of a class of options.</summary>
internal static class OptionRows
{
    /// <summary>Each setting with its default: those of a class within by a colon, those of a list's items by <c>:N:</c>.</summary>
    public static IEnumerable<(string Key, string Default)> Of(Type options, string prefix = "")
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties())
        {
            var type = property.PropertyType;
            var element = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;
            var nested = element is null ? IsOptions(type) ? type : null : IsOptions(element) ? element : null;
            foreach (var setting in nested is null
                ? [($"{prefix}{property.Name}", Text(property.GetValue(defaults)))]
                : Of(nested, $"{prefix}{property.Name}{(element is null ? "" : ":N")}:"))
                yield return setting;
        }
    }

    private static bool IsOptions(Type type) => type.IsClass && type.Assembly == typeof(RouteOptions).Assembly;

    private static string Text(object? value) => value switch
    {
        null or "" => "—",
        string text => text,
        IEnumerable list when !list.GetEnumerator().MoveNext() => "—",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
