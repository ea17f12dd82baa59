using Sluice.Digests;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

/// <summary>What storage does with a blob: what may be asked for, and what wins.</summary>
public sealed class BlobFeaturesTests
{
    private const string Section = "Sluice:Blob:Features:inbox";

    public static TheoryData<BlobFeatureOptions, string> Wrong { get; } = new()
    {
        { new() { Tier = "Warm" }, "Tier is 'Warm': it must be one of Hot, Cool, Cold, Archive." },
        { new() { Tier = "" }, "Tier is '': it must be one of Hot, Cool, Cold, Archive." },
        { new() { DeleteAfterDays = 2 }, "DeleteAfterDays is '2': it must be one of 1, 7, 30, 90, 365, which the account has lifecycle rules for." },
        { new() { ImmutableDays = 0 }, "ImmutableDays is '0': it must be from 1 to 146000." },
        { new() { ImmutabilityMode = ImmutabilityMode.Locked }, "ImmutabilityMode is 'Locked': it must be one of Unlocked, Locked, and needs ImmutableDays." },
        { new() { ImmutableDays = 1, ImmutabilityMode = (ImmutabilityMode)7 }, "ImmutabilityMode is '7': it must be one of Unlocked, Locked, and needs ImmutableDays." },
        { new() { Tags = { [""] = "a" } }, "Tags: is 'a': the name of an index tag has 1 to 128 letters, digits, spaces and + - . / : = _." },
        { new() { Tags = { ["a&b"] = "a" } }, "Tags:a&b is 'a': the name of an index tag has 1 to 128 letters, digits, spaces and + - . / : = _." },
        { new() { Tags = { ["a"] = "ä" } }, "Tags:a is 'ä': the value of an index tag has at most 256 letters, digits, spaces and + - . / : = _." },
        { new() { Tags = { ["a"] = "{path}" } }, "Tags:a is '{path}': the value of an index tag has at most 256 letters, digits, spaces and + - . / : = _." },
        { new() { Tags = { ["deleteAfterDays"] = "9" } }, "Tags:deleteAfterDays is '9': the index tag deleteAfterDays is set by the setting of that name." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(BlobFeatureOptions options, string says)
    {
        var problems = new List<string>();
        _ = BlobFeatures.Compile(options, new SettingProblems(Section, null, problems));
        Assert.Equal($"{Section}:{says}", Assert.Single(problems));
    }

    [Fact]
    public void Ten_tags_are_the_most_those_of_all_kinds_together()
    {
        var options = new BlobFeatureOptions { DeleteAfterDays = 7, Tags = { ["type"] = "{mediaType}" } };
        for (var i = 0; i < 8; i++)
            options.Tags[$"t{i}"] = "v";
        Assert.Empty(Problems(options));

        options.Tags["t8"] = "v";
        Assert.Contains("The blob would have 11 index tags; the maximum is 10.", Assert.Single(Problems(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_is_not_open_has_no_features()
    {
        var problems = new List<string>();
        var blob = new BlobOptions { Containers = { "inbox" }, Features = { ["other"] = new() { Tier = "cool" } } };
        var features = ContainerFeatures.Compile(blob, problems);
        Assert.Equal(
            "Sluice:Blob:Features:other is for a container that is not one of Sluice:Blob:Containers or Sluice:Blob:Aliases.",
            Assert.Single(problems));
        Assert.Same(BlobFeatures.None, features.Of("inbox"));
        Assert.Equal("Cool", features.Of("other").Tier);
    }

    [Fact]
    public void The_later_one_wins_name_by_name()
    {
        var first = Compiled(new() { Tier = "hot", DeleteAfterDays = 7, Tags = { ["a"] = "1", ["b"] = "1", ["c"] = "{sha256}" } });
        var later = Compiled(new() { Tier = "COLD", Tags = { ["b"] = "2", ["c"] = "3", ["a"] = "{mediaType}" } });
        var both = first.Then(later);

        Assert.Equal("Cold", both.Tier);
        Assert.Equal(
            [("b", "2"), ("c", "3"), ("deleteAfterDays", "7")],
            both.Tags.Select(static tag => (tag.Key, tag.Value)).Order());
        Assert.Equal([("a", SeenTag.MediaType)], both.SeenTags.Select(static tag => (tag.Key, tag.Value)));
        Assert.Equal("Hot", first.Then(Compiled(new())).Tier);
        Assert.Same(first, first.Then(BlobFeatures.None));
    }

    [Theory]
    [InlineData(10, 20, 20)]
    [InlineData(20, 10, 20)]
    [InlineData(null, 10, 10)]
    [InlineData(10, null, 10)]
    public void A_later_one_never_shortens_what_is_immutable(int? one, int? other, int? days)
    {
        var first = Compiled(new() { ImmutableDays = one, LegalHold = true, ImmutabilityMode = one is null ? default : ImmutabilityMode.Locked });
        var both = first.Then(Compiled(new() { ImmutableDays = other }));
        Assert.Equal(
            (days, true, one is null ? ImmutabilityMode.Unlocked : ImmutabilityMode.Locked),
            (both.ImmutableDays, both.LegalHold, both.ImmutabilityMode));
    }

    [Fact]
    public void What_was_seen_becomes_a_tag()
    {
        var features = Compiled(new() { Tags = { ["type"] = "{mediaType}", ["digest"] = "{sha256}", ["fixed"] = "x" } });
        var digest = new Digest(DigestAlgorithm.Sha256, [.. Enumerable.Repeat((byte)0xAB, 32)]);

        var tags = features.TagsOf("text/plain; charset=utf-8", [digest])!;
        Assert.Equal(
            ("text/plain", string.Concat(Enumerable.Repeat("ab", 32)), "x"), (tags["type"], tags["digest"], tags["fixed"]));
        Assert.Equal(["fixed"], features.TagsOf(null, [])!.Keys);
        Assert.Equal("a/b_c", Compiled(new() { Tags = { ["type"] = "{mediaType}" } }).TagsOf("a/b*c", [])!["type"]);
        Assert.Null(BlobFeatures.None.TagsOf("text/plain", [digest]));
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("ä&b", "__b")]
    [InlineData("", "")]
    public void Any_text_becomes_a_value(string text, string value) => Assert.Equal(value, BlobTags.Safe(text));

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(new string('x', 256), BlobTags.Safe(new string('x', 300)));

    private static List<string> Problems(BlobFeatureOptions options)
    {
        var problems = new List<string>();
        _ = BlobFeatures.Compile(options, new SettingProblems(Section, null, problems));
        return problems;
    }

    private static BlobFeatures Compiled(BlobFeatureOptions options)
    {
        var problems = new List<string>();
        var features = BlobFeatures.Compile(options, new SettingProblems(Section, null, problems));
        Assert.Empty(problems);
        return features;
    }
}
