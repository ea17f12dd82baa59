using Sluice.MediaTypes;
using Sluice.Peek;
using Sluice.Settings;

namespace Sluice.Routing.Conditions;

/// <summary>Compiles a rule's conditions on the bytes of a body.</summary>
internal static class BodyConditions
{
    public static IEnumerable<RouteCondition> Magic(IEnumerable<RouteMagicOptions> wanted, SettingProblems problems)
    {
        foreach (var (index, magic) in wanted.Select(static item => item ?? new()).Index())
        {
            var under = problems.Under($"{index}");
            var bytes = Bytes(magic.Hex, under);
            if (magic.Offset < 0)
            {
                under.Add("Offset", magic.Offset, "an offset can't be negative");
            }
            else if (MagicCondition.Problem(magic.Offset, bytes.Length) is { } why)
            {
                under.Add("Offset", magic.Offset, why);
            }
            else if (bytes.Length > 0)
            {
                yield return new MagicCondition(magic.Offset, bytes);
            }
        }
    }

    public static IEnumerable<RouteCondition> Json(IEnumerable<RouteJsonOptions> wanted, SettingProblems problems)
    {
        foreach (var (index, json) in wanted.Select(static item => item ?? new()).Index())
        {
            var under = problems.Under($"{index}");
            if (json is { Seen: false, Values.Count: > 0 })
            {
                under.Add("Seen", false, "a value that is not present can't be one of the Values");
            }

            var values = PatternList.Compile(json.Values, "Values", TextPattern.Problem, static text => new TextPattern(text), under);
            if (json.Pointer is null)
            {
                under.Missing("Pointer", "it is required and locates the value, for instance /type");
            }
            else if (JsonPointer.TryParse(json.Pointer, out var pointer))
            {
                yield return new JsonCondition(pointer, values, json.Seen ?? true);
            }
            else
            {
                under.Add(
                    "Pointer", json.Pointer, "not a JSON Pointer (RFC 6901), which begins with '/' and contains '~' only in ~0 and ~1");
            }
        }
    }

    private static byte[] Bytes(string? hex, SettingProblems problems)
    {
        var digits = hex?.Replace(" ", "", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(digits))
        {
            problems.Missing("Hex", "it is required and lists the bytes, for instance 25504446");
            return [];
        }

        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            problems.Add("Hex", hex, "each byte needs two hexadecimal digits");
            return [];
        }

        return Convert.FromHexString(digits);
    }
}
