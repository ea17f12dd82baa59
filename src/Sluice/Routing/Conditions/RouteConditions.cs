using Sluice.MediaTypes;
using Sluice.Names;
using Sluice.Routing.Evidence;
using Sluice.Settings;

namespace Sluice.Routing.Conditions;

/// <summary>Compiles the conditions of a rule.</summary>
internal static class RouteConditions
{
    /// <summary>The conditions, the cheapest first. Invalid ones are reported and left out.</summary>
    public static IReadOnlyList<RouteCondition> Compile(RouteConditionOptions when, SettingProblems problems) =>
    [
        .. Methods(when, problems),
        .. Lengths(when, problems),
        .. Path(when, problems),
        .. Named(when.Headers, "Headers", "header", static (evidence, name) => evidence.Request.Header(name), problems),
        .. Named(when.Query, "Query", "query", static (evidence, name) => evidence.Request.Query(name), problems),
        .. MediaType(when.DeclaredType, "DeclaredType", "declaredType", static evidence => evidence.Request.DeclaredType, problems),
        .. BodyConditions.Magic(when.Magic, problems.Under("Magic")),
        .. MediaType(when.SniffedType, "SniffedType", "sniffedType", static evidence => evidence.Sniffed, problems),
        .. BodyConditions.Json(when.Json, problems.Under("Json")),
    ];

    private static IEnumerable<RouteCondition> Methods(RouteConditionOptions when, SettingProblems problems)
    {
        var methods = PatternList.Compile(
            when.Methods,
            "Methods",
            static text => text?.ToUpperInvariant() is "PUT" or "POST" ? null : "the method must be PUT or POST",
            static text => new TextPattern(text.ToUpperInvariant()),
            problems);
        return methods.Count == 0
            ? []
            : [new PatternCondition("method", methods, static evidence => evidence.Request.Method.ToUpperInvariant())];
    }

    private static IEnumerable<RouteCondition> Lengths(RouteConditionOptions when, SettingProblems problems)
    {
        if (when.MinLength < 0)
        {
            problems.Add("MinLength", when.MinLength, "a length can't be negative");
        }

        if (when.MaxLength < 0)
        {
            problems.Add("MaxLength", when.MaxLength, "a length can't be negative");
        }

        if (when.MinLength > when.MaxLength)
        {
            problems.Add("MinLength", when.MinLength, $"it is larger than MaxLength, {when.MaxLength}, so this would match nothing");
        }

        return when is { MinLength: null, MaxLength: null } ? [] : [new LengthCondition(when.MinLength, when.MaxLength)];
    }

    private static IEnumerable<RouteCondition> Path(RouteConditionOptions when, SettingProblems problems)
    {
        if (when.Path is not { } glob)
        {
            return [];
        }

        if (PathGlob.Problem(glob) is { } why)
        {
            problems.Add("Path", glob, why);
            return [];
        }

        return [new PatternCondition("path", [new PathGlob(glob)], static evidence => evidence.Request.Path)];
    }

    private static IEnumerable<RouteCondition> Named(
        IDictionary<string, string> wanted, string key, string kind, Func<RouteEvidence, string, string?> see, SettingProblems problems)
    {
        foreach (var (name, text) in wanted)
        {
            if (kind == "header" && !HeaderName.IsValid(name))
            {
                problems.Under($"{key}:{name}").Whole("is not a valid header name");
            }
            else if (TextPattern.Problem(text) is { } why)
            {
                problems.Under(key).Add(name, text, why);
            }
            else
            {
                yield return new PatternCondition(
                    $"{kind}:{name}", [new TextPattern(text)], evidence => see(evidence, name), Redaction.IsSecret(name));
            }
        }
    }

    private static IEnumerable<RouteCondition> MediaType(
        IEnumerable<string> texts, string key, string name, Func<RouteEvidence, string?> see, SettingProblems problems)
    {
        var patterns = MediaTypePattern.Compile(texts, key, problems);
        return patterns.Count == 0 ? [] : [new PatternCondition(name, patterns, evidence => MediaTypeName.Bare(see(evidence)))];
    }
}
