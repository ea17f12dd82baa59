using System.Security.Cryptography;
using CsCheck;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

/// <summary>One upload from the request to the commit.</summary>
public sealed class UploadPipelineTests
{
    private readonly Rig _rig = new();

    [Fact]
    public async Task The_receipt_says_what_was_stored()
    {
        byte[] content = [.. "%PDF-1.7\n"u8, .. ScriptedBody.Content(2 * Rig.BlockBytes)];
        var body = new ScriptedBody();

        var storing = StoreAsync(body, length: content.Length, contentType: "application/octet-stream");
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1_500));
        body.Send(content);
        body.End();
        var receipt = (await storing.Soon()).Value();

        var blob = _rig.Storage.Blobs[Rig.Target.ToString()];
        Assert.Equal(
            new Receipt(
                Rig.Target.Container,
                Rig.Target.Name,
                content.Length,
                "application/octet-stream",
                "application/pdf",
                "application/pdf",
                3,
                blob.ETag,
                blob.LastModified,
                receipt.Digests,
                1_500),
            receipt);
        Assert.Equal([KeyValuePair.Create("sha-256", Convert.ToBase64String(SHA256.HashData(content)))], receipt.Digests);
        Assert.Equal(content, blob.Content);
    }

    [Theory]
    [InlineData(null, "text/html", "text/plain")]
    [InlineData("application/octet-stream", "text/html", "text/plain")]
    [InlineData("text/html", "text/html", "text/html")]
    [InlineData("text/csv; charset=utf-8", "text/html", "text/csv; charset=utf-8")]
    public async Task A_body_is_stored_under_its_declared_media_type_or_else_under_what_it_looks_like(
        string? declared, string sniffed, string stored)
    {
        var receipt = (await StoreAsync(ScriptedBody.Of("<html>"u8.ToArray()), contentType: declared)).Value();

        Assert.Equal((declared, sniffed, stored), (receipt.DeclaredMediaType, receipt.SniffedMediaType, receipt.StoredMediaType));
        Assert.Equal(stored, _rig.Storage.Blobs[Rig.Target.ToString()].Properties["Content-Type"]);
    }

    [Fact]
    public async Task An_empty_body_is_stored_as_one_without_a_look()
    {
        var receipt = (await StoreAsync(ScriptedBody.Of([]))).Value();

        Assert.Equal((0L, 0, null), (receipt.Bytes, receipt.Blocks, receipt.SniffedMediaType));
        Assert.Equal("application/octet-stream", receipt.StoredMediaType);
        Assert.Empty(_rig.Stored);
    }

    [Fact]
    public Task However_a_body_arrives_it_is_stored_from_its_first_byte_to_its_last() =>
        Gen.Select(Gen.Int[0, 4 * Rig.BlockBytes], Gen.Int[1, 50_000].Array[0, 5], Gen.Bool, Gen.Int[1, 4]).SampleAsync(
            async (length, pieces, declared, blocksInFlight) =>
            {
                var content = ScriptedBody.Content(length);
                var rig = new Rig();
                rig.Blob.BlocksInFlight = blocksInFlight;

                var body = pieces.Length == 0 ? ScriptedBody.Arrived(content) : ScriptedBody.InPieces(content, pieces);
                var upload = new Upload { Body = body.Incoming, Destination = new(Rig.Target), Length = declared ? length : null };
                var receipt = (await rig.StoreAsync(upload).Soon()).Value();

                Assert.Equal(content, rig.Stored);
                Assert.Equal(length, receipt.Bytes);
                Assert.Equal(Convert.ToBase64String(SHA256.HashData(content)), receipt.Digests["sha-256"]);
                Assert.Equal(0, rig.Pool.InUseBytes);
            },
            iter: 60);

    [Fact]
    public async Task A_body_that_passes_through_is_stored_from_its_first_byte_too()
    {
        var content = ScriptedBody.Content(1 << 20);
        _rig.Blob.MaxBlocks = 2;

        var receipt = (await StoreAsync(ScriptedBody.InPieces(content, 100, 100_000), content.Length)).Value();

        Assert.Equal(content, _rig.Stored);
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(content)), receipt.Digests["sha-256"]);
    }

    [Fact]
    public async Task The_steps_come_in_order()
    {
        var steps = new List<string>();
        var body = ScriptedBody.InPieces(ScriptedBody.Content(2 * Rig.BlockBytes), 600);
        body.OnRead = () => steps.Add(_rig.Pool.InUseBytes > 0 ? "read with memory" : "read without memory");
        _rig.Storage.OnRequest = () => steps.Add(_rig.Storage.Requests[^1].Operation.ToString());

        (await StoreAsync(body, condition: new(null, "*"))).Value();

        // Admitted, peeked and read, staged, committed.
        Assert.Equal(["GetProperties", "read without memory", "read with memory", "PutBlock", "PutBlockList"], steps.Distinct());
        Assert.Equal("PutBlockList", steps[^1]);
    }

    [Fact]
    public async Task Nothing_is_sent_to_storage_before_the_first_bytes_were_seen()
    {
        var body = new ScriptedBody();

        var storing = StoreAsync(body);
        body.Send(ScriptedBody.Content(100));
        Assert.Empty(_rig.Storage.Requests);
        body.Break();

        (await storing.Soon()).Failed(FailureKind.BodyTruncated, Phase.Peek);
        Assert.Empty(_rig.Storage.Requests);
    }

    [Fact]
    public async Task Time_that_storage_takes_is_not_held_against_the_client()
    {
        var content = ScriptedBody.Content(3 * Rig.BlockBytes);
        var may = new TaskCompletionSource();
        _rig.Blob.BlocksInFlight = 1;
        _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.NormalAfter(may.Task));

        var storing = StoreAsync(ScriptedBody.InPieces(content, 1_000));
        _rig.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(storing.IsCompleted);
        may.SetResult();

        (await storing.Soon()).Value();
        Assert.Equal(content, _rig.Stored);
    }

    [Fact]
    public async Task A_client_slower_than_its_time_out_in_all_but_never_in_one_step_is_served()
    {
        var content = ScriptedBody.Content(1_000);
        var body = new ScriptedBody();

        var storing = StoreAsync(body);
        for (var at = 0; at < content.Length; at += 50)
        {
            _rig.Time.Advance(_rig.Body.IdleTimeout - TimeSpan.FromSeconds(1));
            body.Send(content.AsMemory(at, 50));
        }

        body.End();
        (await storing.Soon()).Value();
        Assert.Equal(content, _rig.Stored);
    }

    private Task<Result<Receipt>> StoreAsync(
        ScriptedBody body, long? length = null, string? contentType = null, WriteCondition? condition = null) =>
        _rig.StoreAsync(
            new()
            {
                Body = body.Incoming,
                Destination = new(Rig.Target),
                Length = length,
                Properties = new() { ContentType = contentType },
                Condition = condition ?? WriteCondition.None,
            });
}
