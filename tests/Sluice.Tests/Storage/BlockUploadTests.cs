using System.Security.Cryptography;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

public sealed class BlockUploadTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData(1)]
    [InlineData(Rig.BlockBytes - 1)]
    [InlineData(Rig.BlockBytes)]
    public async Task A_body_that_fits_one_block_takes_one_put_blob(int length)
    {
        foreach (var declared in (long?[])[null, length])
        {
            var content = ScriptedBody.Content(length);
            var rig = new Rig();

            var committed = (await rig.UploadAsync(ScriptedBody.Arrived(content), declared)).Value();

            Assert.Equal(0, committed.Blocks);
            Assert.Equal(content, rig.Stored);
            Assert.Equal([StorageOperation.PutBlob], rig.Storage.Requests.Select(request => request.Operation));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task An_empty_body_becomes_an_empty_blob(int? declared)
    {
        var committed = (await _rig.UploadAsync(ScriptedBody.Of([]), declared)).Value();

        Assert.Equal(0, committed.Blocks);
        Assert.Equal([], _rig.Stored);
    }

    [Theory]
    [InlineData(Rig.BlockBytes + 1, 2)]
    [InlineData(3 * Rig.BlockBytes, 3)]
    [InlineData((20 * Rig.BlockBytes) + 17, 21)]
    public async Task A_longer_body_takes_its_blocks_in_order_and_one_block_list(int length, int blocks)
    {
        foreach (var declared in (long?[])[null, length])
        {
            var content = ScriptedBody.Content(length);
            var rig = new Rig();

            var committed = (await rig.UploadAsync(ScriptedBody.InPieces(content, 50_000, 1, 99_999), declared)).Value();

            Assert.Equal(blocks, committed.Blocks);
            Assert.Equal(content, rig.Stored);
            Assert.Equal(blocks, rig.Storage.Of(StorageOperation.PutBlock).Count);
            Assert.Equal(StorageOperation.PutBlockList, rig.Storage.Requests[^1].Operation);
        }
    }

    [Fact]
    public async Task The_answer_tells_the_entity_tag_and_the_time_that_storage_gave_it()
    {
        var committed = (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(100)))).Value();

        var blob = _rig.Storage.Blobs[Rig.Target.ToString()];
        Assert.Equal((blob.ETag, blob.LastModified), (committed.ETag, committed.LastModified));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5 * Rig.BlockBytes)]
    public async Task Properties_and_metadata_come_with_the_commit(int length)
    {
        var content = ScriptedBody.Content(length);

        (await _rig.UploadAsync(ScriptedBody.Of(content), properties: new BlobProperties
        {
            ContentType = "text/csv; charset=utf-8",
            ContentEncoding = "br",
            ContentLanguage = "de",
            ContentDisposition = "attachment; filename=\"a.csv\"",
            CacheControl = "no-store",
            Metadata = new Dictionary<string, string> { ["source"] = "till 7" },
        })).Value();

        var stored = _rig.Storage.Blobs[Rig.Target.ToString()].Properties;
        Assert.Equal("text/csv; charset=utf-8", stored["content-type"]);
        Assert.Equal("br", stored["content-encoding"]);
        Assert.Equal("de", stored["content-language"]);
        Assert.Equal("attachment; filename=\"a.csv\"", stored["content-disposition"]);
        Assert.Equal("no-store", stored["cache-control"]);
        Assert.Equal("till 7", stored["x-ms-meta-source"]);
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(content)), stored["x-ms-meta-sluice_sha256"]);
        Assert.True(Guid.TryParseExact(stored["x-ms-meta-sluice_upload"], "N", out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData((3 * Rig.BlockBytes) + 5)]
    public async Task Every_request_with_content_of_the_body_carries_its_checksum(int length)
    {
        (await _rig.UploadAsync(ScriptedBody.Of(ScriptedBody.Content(length)))).Value();

        var sent = _rig.Storage.Requests.Where(request => request.Operation is StorageOperation.PutBlob or StorageOperation.PutBlock)
            .ToList();
        Assert.NotEmpty(sent);
        Assert.All(sent, request => Assert.Equal(ScriptedAccount.Crc64Of(request.Content), request.Header("x-ms-content-crc64")));
        Assert.All(_rig.Storage.Of(StorageOperation.PutBlockList), request => Assert.Null(request.Header("x-ms-content-crc64")));
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("with blanks and (brackets)/and + plus.txt")]
    [InlineData("per%20cent/100%.txt")]
    [InlineData("what?/a#b&c=d;e")]
    [InlineData("Zürich/日本/🚚.json")]
    public async Task A_name_reaches_storage_as_it_is(string name)
    {
        var write = new BlobWrite(Guid.NewGuid(), new BlobTarget("inbox", name), new(), WriteCondition.None, null);
        await using var sink = _rig.Sinks.Open(write, _rig.Admission.PlanFor(null), _rig.Sender());

        Assert.Null(await sink.TransferAsync(_rig.Guard(ScriptedBody.Of(ScriptedBody.Content(10))), _rig.Client.Token));
        (await sink.CommitAsync([])).Value();

        Assert.Equal(["inbox/" + name], _rig.Storage.Blobs.Keys);
    }
}
