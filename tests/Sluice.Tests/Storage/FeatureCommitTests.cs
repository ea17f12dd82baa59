using System.Globalization;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>
/// Features are in the one request that makes the blob visible, and in no other. Azurite ignores some of them, so this is about the request
/// that is sent (https://learn.microsoft.com/rest/api/storageservices/put-block-list#request-headers).
/// </summary>
public sealed class FeatureCommitTests
{
    private const int OneBlock = 100;
    private const int ManyBlocks = 3 * Rig.BlockBytes;

    private static readonly string[] _headers =
    [
        "x-ms-access-tier", "x-ms-tags", "x-ms-immutability-policy-until-date", "x-ms-immutability-policy-mode", "x-ms-legal-hold",
    ];

    private readonly Rig _rig = new();

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task They_are_in_the_commit_and_nowhere_else(int length)
    {
        var features = new BlobFeatures
        {
            Tier = "Cold",
            Tags = new Dictionary<string, string> { ["a b"] = "c+d" },
            SeenTags = new Dictionary<string, SeenTag> { ["type"] = SeenTag.MediaType },
            ImmutableDays = 10,
            ImmutabilityMode = ImmutabilityMode.Locked,
            LegalHold = true,
        };

        (await _rig.UploadAsync(
            ScriptedBody.Of(ScriptedBody.Content(length)), properties: new() { ContentType = "image/gif", Features = features })).Value();

        var commit = Commit(length);
        Assert.Equal(
            ("Cold", "a+b=c%2Bd&type=image%2Fgif", "Locked", "true"),
            (commit.Header("x-ms-access-tier"), commit.Header("x-ms-tags"), commit.Header("x-ms-immutability-policy-mode")!,
                commit.Header("x-ms-legal-hold")));
        Assert.Equal(
            _rig.Time.GetUtcNow().AddDays(10).ToUnixTimeSeconds(),
            DateTimeOffset.Parse(commit.Header("x-ms-immutability-policy-until-date")!, CultureInfo.InvariantCulture).ToUnixTimeSeconds());
        Assert.All(
            _rig.Storage.Of(StorageOperation.PutBlock),
            static block => Assert.All(_headers, header => Assert.Null(block.Header(header))));
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task Without_any_storage_is_told_nothing(int length)
    {
        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Value();
        Assert.All(_headers, header => Assert.Null(Commit(length).Header(header)));
    }

    [Theory]
    [InlineData(OneBlock)]
    [InlineData(ManyBlocks)]
    public async Task Those_of_the_container_hold_where_nothing_else_was_decided(int length)
    {
        _rig.Blob.Features["inbox"] = new() { Tier = "Cool", DeleteAfterDays = 7, Tags = { ["from"] = "container", ["digest"] = "{sha256}" } };
        var features = new BlobFeatures { Tags = new Dictionary<string, string> { ["from"] = "request" } };

        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)), properties: new() { Features = features })).Value();

        Assert.Equal("Cool", Commit(length).Header("x-ms-access-tier"));
        var tags = Commit(length).Header("x-ms-tags")!.Split('&');
        Assert.Contains("from=request", tags);
        Assert.Contains("deleteAfterDays=7", tags);
        Assert.Single(tags, static tag => tag.StartsWith("digest=", StringComparison.Ordinal) && tag.Length == "digest=".Length + 64);
    }

    private StorageRequest Commit(int length) =>
        Assert.Single(_rig.Storage.Of(length > Rig.BlockBytes ? StorageOperation.PutBlockList : StorageOperation.PutBlob));
}
