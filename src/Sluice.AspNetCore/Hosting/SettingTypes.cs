using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Sluice.AspNetCore.Hosting;

/// <summary>How the configuration binder treats a type: as a value, as the elements of a list or a dictionary, or as properties.</summary>
internal static class SettingTypes
{
    /// <summary>Whether the type is written as a single text.</summary>
    public static bool IsValue(Type type) => type == typeof(object) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>Whether its elements have no names.</summary>
    public static bool IsList(Type type) =>
        ElementOf(type) is not null && !Generic(type).Contains(typeof(IDictionary<,>))
            && !Generic(type).Contains(typeof(IReadOnlyDictionary<,>));

    /// <summary>The type of the elements of a list or a dictionary; null for anything else.</summary>
    public static Type? ElementOf(Type type)
    {
        var made = Generic(type);
        return ((Type[])[typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(IEnumerable<>)])
            .SelectMany(kind => made[kind])
            .FirstOrDefault();
    }

    /// <summary>The types of its properties, by setting name.</summary>
    public static Dictionary<string, Type> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(IsBound)
        .ToDictionary(
            static property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name,
            static property => property.PropertyType,
            StringComparer.OrdinalIgnoreCase);

    private static ILookup<Type, Type> Generic(Type type) => type.GetInterfaces().Append(type).Where(static part => part.IsGenericType)
        .ToLookup(static part => part.GetGenericTypeDefinition(), static part => part.GetGenericArguments()[^1]);

    // A property without a setter is bound only if it already holds an object to bind to.
    private static bool IsBound(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 && property.GetMethod is { IsPublic: true }
        && (property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType));
}
