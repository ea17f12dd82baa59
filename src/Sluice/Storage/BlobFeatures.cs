using System.Globalization;
using Sluice.Digests;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// What storage does with a blob beside keeping its bytes: <see cref="BlobFeatureOptions"/>, compiled. Set by the commit.
/// </summary>
internal sealed record BlobFeatures
{
    private static readonly string[] _tiers = ["Hot", "Cool", "Cold", "Archive"];

    private static readonly Dictionary<string, string> _noTags = [];
    private static readonly Dictionary<string, SeenTag> _nothingSeen = [];

    /// <summary>Nothing: storage's own defaults.</summary>
    public static BlobFeatures None { get; } = new();

    /// <summary>The tiers, for messages.</summary>
    public static string Tiers => string.Join(", ", _tiers);

    /// <summary>The access tier, as Azure spells it.</summary>
    public string? Tier { get; init; }

    /// <summary>Index tags with known values.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = _noTags;

    /// <summary>Index tags whose values are known at the commit.</summary>
    public IReadOnlyDictionary<string, SeenTag> SeenTags { get; init; } = _nothingSeen;

    /// <summary>How long the blob is immutable from the commit on, in days.</summary>
    public int? ImmutableDays { get; init; }

    /// <summary>Whether that policy is locked.</summary>
    public ImmutabilityMode ImmutabilityMode { get; init; }

    /// <summary>Whether it is under a legal hold.</summary>
    public bool LegalHold { get; init; }

    /// <summary>Compiles settings; everything that is wrong with them is reported.</summary>
    public static BlobFeatures Compile(BlobFeatureOptions? options, SettingProblems problems) =>
        options is null ? None : Compile(options, options.Tags, problems);

    /// <summary>The same, with some of the tags.</summary>
    public static BlobFeatures Compile(
        BlobFeatureOptions options, IEnumerable<KeyValuePair<string, string>> tags, SettingProblems problems)
    {
        var tier = options.Tier is null ? null : TierOf(options.Tier);
        if (options.Tier is not null && tier is null)
        {
            problems.Add(nameof(options.Tier), options.Tier, $"it must be one of {Tiers}");
        }

        if (options.ImmutableDays is < 1 or > 146_000)
        {
            problems.Add(nameof(options.ImmutableDays), options.ImmutableDays, "it must be from 1 to 146000");
        }

        if (!Enum.IsDefined(options.ImmutabilityMode) || options is { ImmutableDays: null, ImmutabilityMode: ImmutabilityMode.Locked })
        {
            problems.Add(
                nameof(options.ImmutabilityMode), options.ImmutabilityMode,
                $"it must be one of {string.Join(", ", Enum.GetNames<ImmutabilityMode>())}, and needs ImmutableDays");
        }

        var (known, seen) = (new Dictionary<string, string>(), new Dictionary<string, SeenTag>());
        foreach (var (key, value) in tags)
        {
            SeenTag? at = value switch
            {
                "{mediaType}" => SeenTag.MediaType,
                "{sha256}" => SeenTag.Sha256,
                _ => null,
            };
            if (BlobTags.Problem(key, at is null ? value : "") is { } problem)
            {
                problems.Under(nameof(options.Tags)).Add(key, value, problem);
            }
            else if (at is { } tag)
            {
                seen[key] = tag;
            }
            else
            {
                known[key] = value;
            }
        }

        if (options.DeleteAfterDays is { } days)
        {
            known[BlobExpiry.Tag] = days.ToString(CultureInfo.InvariantCulture);
            if (!BlobExpiry.Periods.Contains(days))
            {
                problems.Add(
                    nameof(options.DeleteAfterDays), days,
                    $"it must be one of {string.Join(", ", BlobExpiry.Periods)}, which the account has lifecycle rules for");
            }
        }

        var features = new BlobFeatures
        {
            Tier = tier,
            Tags = known,
            SeenTags = seen,
            ImmutableDays = options.ImmutableDays,
            ImmutabilityMode = options.ImmutabilityMode,
            LegalHold = options.LegalHold,
        };
        if (features.Problem() is { } many)
        {
            problems.Add(nameof(options.Tags), $"{options.Tags.Count} tags", many.TrimEnd('.'));
        }

        return features;
    }

    /// <summary>The tier of a name, whatever its case; null for none.</summary>
    public static string? TierOf(string name) =>
        _tiers.FirstOrDefault(tier => tier.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>These, and others that win where both say something. Neither can lift a hold or a policy of the other.</summary>
    public BlobFeatures Then(BlobFeatures later)
    {
        if (ReferenceEquals(later, None))
        {
            return this;
        }

        var strict = (later.ImmutableDays ?? 0) >= (ImmutableDays ?? 0) ? later : this;
        var tags = new Dictionary<string, string>(Tags.Where(tag => !later.SeenTags.ContainsKey(tag.Key)));
        foreach (var (key, value) in later.Tags)
        {
            tags[key] = value;
        }

        var seen = new Dictionary<string, SeenTag>(SeenTags.Where(tag => !later.Tags.ContainsKey(tag.Key)));
        foreach (var (key, value) in later.SeenTags)
        {
            seen[key] = value;
        }

        return new BlobFeatures
        {
            Tier = later.Tier ?? Tier,
            Tags = tags,
            SeenTags = seen,
            ImmutableDays = strict.ImmutableDays,
            ImmutabilityMode = ImmutabilityMode == ImmutabilityMode.Locked ? ImmutabilityMode : later.ImmutabilityMode,
            LegalHold = LegalHold || later.LegalHold,
        };
    }

    /// <summary>Returns what storage would refuse, or null.</summary>
    public string? Problem() => Tags.Count + SeenTags.Count is > BlobTags.Max and var count
        ? $"The blob would have {count} index tags; the maximum is {BlobTags.Max}."
        : null;

    /// <summary>The index tags, now that the body has arrived; null for none.</summary>
    /// <param name="mediaType">The media type that is stored.</param>
    /// <param name="digests">The digests that were computed.</param>
    public Dictionary<string, string>? TagsOf(string? mediaType, IReadOnlyList<Digest> digests)
    {
        var tags = new Dictionary<string, string>(Tags);
        foreach (var (key, seen) in SeenTags)
        {
            var value = seen == SeenTag.MediaType
                ? mediaType?.Split(';')[0].Trim()
                : digests.FirstOrDefault(static digest => digest.Algorithm == DigestAlgorithm.Sha256) is { } digest
                    ? Convert.ToHexStringLower(digest.Value)
                    : null;
            if (value is not null)
            {
                tags[key] = BlobTags.Safe(value);
            }
        }

        return tags.Count > 0 ? tags : null;
    }
}
