using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the <c>[Range]</c> of every option and names the setting as it is written: <c>Sluice:Body:MaxBytes</c>.</summary>
internal static class RangeCheck
{
    public static IEnumerable<string> Problems(string section, object options) =>
        from property in options.GetType().GetProperties()
        from range in property.GetCustomAttributes(typeof(RangeAttribute), inherit: false).Cast<RangeAttribute>()
        let value = property.GetValue(options)
        where !range.IsValid(value)
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{section}:{property.Name} is '{value}': it must be between {Bound(range.Minimum, property.PropertyType)} and "
                + $"{Bound(range.Maximum, property.PropertyType)}{Hint(value)}. Correct it, or remove it for the default.");

    // An attribute can't take a long: it becomes a double and is shown as 9.2E+18.
    private static object Bound(object bound, Type type) =>
        bound is double and >= long.MaxValue && (Nullable.GetUnderlyingType(type) ?? type) == typeof(long) ? long.MaxValue : bound;

    // How "30" is parsed.
    private static string Hint(object? value) =>
        value is TimeSpan { Ticks: > 0 } time && time.Ticks % TimeSpan.TicksPerDay == 0 ? ", hh:mm:ss; a number alone is days" : "";
}

/// <summary>The same, for the options of one section.</summary>
internal sealed class RangeCheck<T>(string section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var problems = RangeCheck.Problems(section, options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
