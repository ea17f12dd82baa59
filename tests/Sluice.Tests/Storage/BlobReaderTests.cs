using Azure;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

public sealed class BlobReaderTests
{
    private readonly Rig _rig = new();

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    private BlobReader Reader => new(_rig.Clients);

    [Fact]
    public async Task A_blob_is_found_with_its_properties_and_without_our_own_metadata()
    {
        var put = _rig.Storage.Put(
            Rig.Target.ToString(),
            [],
            ("Content-Type", "text/csv"),
            ("Content-Encoding", "br"),
            ("Content-Language", "de"),
            ("Content-Disposition", "inline"),
            ("Cache-Control", "no-store"),
            ("x-ms-meta-source", "till 7"),
            ("x-ms-meta-sluice_sha256", "digest"),
            ("x-ms-meta-sluice_upload", "id"));

        var found = (await Reader.FindAsync(Rig.Target, Phase.Read, Unending)).Value()!;

        Assert.Equal((put.ETag, put.LastModified, "digest"), (found.ETag, found.LastModified, found.Digests["sha-256"]));
        var properties = found.Properties;
        Assert.Equal(("text/csv", "br", "de"), (properties.ContentType, properties.ContentEncoding, properties.ContentLanguage));
        Assert.Equal(("inline", "no-store"), (properties.ContentDisposition, properties.CacheControl));
        Assert.Equal("till 7", Assert.Contains("source", properties.Metadata));
        Assert.Single(properties.Metadata);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_null_and_no_failure() =>
        Assert.Null((await Reader.FindAsync(Rig.Target, Phase.Admit, Unending)).Value());

    [Theory]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(403, "AuthorizationFailure", nameof(FailureKind.StorageDenied))]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    public async Task A_look_up_that_fails_is_a_failure(int status, string code, string kind)
    {
        _rig.Storage.OnEvery(StorageOperation.GetProperties, Turn.Refuse(status, code));

        (await Reader.FindAsync(Rig.Target, Phase.Admit, Unending)).Failed(Enum.Parse<FailureKind>(kind), Phase.Admit);
    }

    // Clients are told it, and send it back to be compared.
    [Theory]
    [InlineData("\"0x1\"", true)]
    [InlineData("0x1", true)]
    [InlineData("", false)]
    [InlineData("W/\"0x1\"", false)]
    [InlineData("\"", false)]
    [InlineData("\"0x1", false)]
    [InlineData("0x1\"", false)]
    [InlineData("\"\"0x1\"\"", false)]
    public void An_entity_tag_has_one_quote_on_each_side_or_none(string tag, bool isTaken) => Assert.Equal(
        isTaken,
        BlobReader.Describe(Phase.Read, 1, new ETag(tag), DateTimeOffset.UnixEpoch, new Dictionary<string, string>(), new BlobProperties())
            .TryGet(out _, out _));

    [Fact]
    public async Task A_client_that_leaves_during_the_look_up_is_gone()
    {
        _rig.Storage.OnEvery(StorageOperation.GetProperties, Turn.StallAfter(0));

        var finding = Reader.FindAsync(Rig.Target, Phase.Admit, _rig.Client.Token).AsTask();
        await _rig.Client.CancelAsync();

        (await finding.Soon()).Failed(FailureKind.ClientGone, Phase.Admit);
    }

    [Fact]
    public async Task A_blob_is_opened_as_it_is_described()
    {
        var put = _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3], ("Content-Type", "text/csv"), ("x-ms-meta-sluice_sha256", "digest"));

        var opened = (await Reader.OpenAsync(Rig.Target, Unending)).Value();

        await using var content = opened.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, Unending);
        Assert.Equal([1, 2, 3], bytes.ToArray());
        Assert.Equal((3, put.ETag, "digest"), (opened.Blob.Length, opened.Blob.ETag, opened.Blob.Digests["sha-256"]));
        Assert.Equal("text/csv", opened.Blob.Properties.ContentType);
        Assert.Empty(opened.Blob.Properties.Metadata);
        Assert.Single(_rig.Storage.Requests);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_not_opened() =>
        (await Reader.OpenAsync(Rig.Target, Unending)).Failed(FailureKind.BlobNotFound, Phase.Read);

    [Fact]
    public async Task A_part_of_exactly_that_version_is_opened()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1, 2, 3]);

        await using var content = (await Reader.OpenPartAsync(Rig.Target, "\"0x1\"", 1, 2, Unending)).Value();

        var request = Assert.Single(_rig.Storage.Of(StorageOperation.GetBlob));
        Assert.Equal(("\"0x1\"", "bytes=1-2"), (request.Header("If-Match"), request.Header("x-ms-range")));
    }

    [Fact]
    public async Task A_blob_that_changed_since_it_was_found_is_not_opened()
    {
        _rig.Storage.OnEvery(StorageOperation.GetBlob, Turn.Refuse(412, "ConditionNotMet"));

        (await Reader.OpenPartAsync(Rig.Target, "\"0x1\"", 0, 3, Unending)).Failed(FailureKind.PreconditionFailed, Phase.Read);
    }
}
