using Sluice.Routing.Evidence;
using Sluice.Routing.Templates;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Routing;

/// <summary>What storage does with the blobs of a rule: <see cref="RouteStoreOptions.Features"/>, compiled.</summary>
internal sealed class FeatureRoute(BlobFeatures features, IReadOnlyDictionary<string, NameTemplate> tags)
{
    /// <summary>Compiles it; everything that is wrong is reported.</summary>
    public static FeatureRoute Compile(BlobFeatureOptions? options, SettingProblems problems)
    {
        var templates = new Dictionary<string, NameTemplate>();
        if (options is null)
        {
            return new FeatureRoute(BlobFeatures.None, templates);
        }

        var plain = new Dictionary<string, string>();
        foreach (var (key, value) in options.Tags)
        {
            // What was seen is known at the commit, which is later.
            if (value is null or "{mediaType}" or "{sha256}" || !value.AsSpan().ContainsAny('{', '}'))
            {
                plain[key] = value!;
            }
            else if (BlobTags.Problem(key, "") is { } problem)
            {
                problems.Under(nameof(options.Tags)).Add(key, value, problem);
            }
            else if (NameTemplate.TryParse(value, static _ => null, out var template, out problem))
            {
                templates[key] = template;
            }
            else
            {
                problems.Under(nameof(options.Tags)).Add(key, value, problem);
            }
        }

        if (options.Tags.Count > BlobTags.Max)
        {
            problems.Add(nameof(options.Tags), $"{options.Tags.Count} tags", $"a blob has at most {BlobTags.Max}");
        }

        return new FeatureRoute(BlobFeatures.Compile(options, plain, problems), templates);
    }

    /// <summary>Those of one blob. A tag whose value the request lacks is left out: a tag is no reason to lose a body.</summary>
    public BlobFeatures Resolve(RouteEvidence evidence)
    {
        if (tags.Count == 0)
        {
            return features;
        }

        var filled = new Dictionary<string, string>(features.Tags);
        foreach (var (key, template) in tags)
        {
            if (template.Fill(evidence).TryGet(out var value, out _))
            {
                filled[key] = BlobTags.Safe(value);
            }
        }

        return features with { Tags = filled };
    }
}
