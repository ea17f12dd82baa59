using System.Text;
using CsCheck;
using Sluice.Diagnostics;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Downstream;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Webhooks;

/// <summary>The same bytes of one id are one blob; other bytes are never taken for them.</summary>
public sealed class DeduplicationTests
{
    private readonly Rig _rig = new();

    /// <summary>Two bodies of one length: within the peek window, of one block beyond it, of several; the last ones begin alike.</summary>
    public static TheoryData<byte[], byte[]> Bodies => new()
    {
        { "planted"u8.ToArray(), "genuine"u8.ToArray() },
        { ScriptedBody.Content(10_000), [.. ScriptedBody.Content(10_000).Reverse()] },
        { ScriptedBody.Content(3 * Rig.BlockBytes), [.. ScriptedBody.Content((3 * Rig.BlockBytes) - 1), 1] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Other_bytes_under_a_known_id_are_stored_beside_and_each_that_comes_again_is_a_duplicate(
        byte[] planted, byte[] genuine)
    {
        var hook = new Hook(_rig);
        var first = (await hook.TakeAsync("7", planted)).Value();
        var second = (await hook.TakeAsync("7", genuine)).Value();

        Assert.Equal("it/7", first.Receipt!.Name);
        Assert.Equal(OutcomeKind.Stored, second.Outcome);
        Assert.StartsWith("it/7.", second.Receipt!.Name, StringComparison.Ordinal);
        Assert.Equal(genuine, _rig.Storage.Blobs[$"inbox/{second.Receipt.Name}"].Content);
        foreach (var (body, name) in ((byte[], string)[])[
            (genuine, second.Receipt.Name), (planted, "it/7"), (genuine, second.Receipt.Name)])
        {
            var again = (await hook.TakeAsync("7", body)).Value();
            Assert.Equal((OutcomeKind.Duplicate, name), (again.Outcome, again.Duplicate!.Target.Name));
        }

        Assert.Equal(2, _rig.Storage.Blobs.Count);
    }

    [Fact]
    public async Task Whatever_comes_however_often_every_delivery_is_stored_and_no_delivery_twice() =>
        await Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Gen.OneOf(Gen.Const(20), Gen.Const(2_000), Gen.Const(70_000))).Array[1, 12]
            .SampleAsync(
                async deliveries =>
                {
                    var rig = new Rig();
                    var hook = new Hook(rig);
                    var seen = new HashSet<(int, int, int)>();
                    foreach (var (id, last, length) in deliveries)
                    {
                        byte[] body = [.. ScriptedBody.Content(length - 1), (byte)last];
                        var taken = (await hook.TakeAsync($"{id}", body)).Value();
                        Assert.Equal(seen.Add((id, last, length)) ? OutcomeKind.Stored : OutcomeKind.Duplicate, taken.Outcome);
                        Assert.Equal(body, rig.Storage.Blobs[(taken.Receipt is { } receipt ? new BlobTarget(
                            receipt.Container, receipt.Name) : taken.Duplicate!.Target).ToString()].Content);
                    }

                    Assert.Equal(seen.Count, rig.Storage.Blobs.Count);
                },
                iter: 40);

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_blob_without_a_digest_is_compared_by_its_content(byte[] planted, byte[] genuine)
    {
        var hook = new Hook(_rig);
        _rig.Storage.Put("inbox/it/7", genuine);

        Assert.Equal(OutcomeKind.Duplicate, (await hook.TakeAsync("7", genuine)).Value().Outcome);
        Assert.Equal(OutcomeKind.Stored, (await hook.TakeAsync("7", planted)).Value().Outcome);
    }

    [Fact]
    public async Task The_digest_is_kept_also_where_the_settings_keep_none()
    {
        _rig.Digests.Compute = ComputedDigests.None;

        Assert.Contains("sha-256", (await new Hook(_rig).TakeAsync("7", [1])).Value().Receipt!.Digests.Keys);
        Assert.Equal(OutcomeKind.Duplicate, (await new Hook(_rig).TakeAsync("7", [1])).Value().Outcome);
        Assert.Empty(_rig.Storage.Of(StorageOperation.GetBlob));
    }

    // Between the look and the commit.
    [Theory]
    [InlineData(20, true, "Duplicate")]
    [InlineData(20, false, "Stored")]
    [InlineData(200_000, true, "Duplicate")]
    [InlineData(200_000, false, "WriteConflict")]
    public async Task One_that_loses_its_place_at_the_commit_is_a_duplicate_or_stored_beside_or_has_to_come_again(
        int length, bool same, string expected)
    {
        var (mine, other) = (ScriptedBody.Content(length), ScriptedBody.Content(length + 1)[1..]);
        StorageTurn overtaken = exchange =>
        {
            _rig.Storage.Put("inbox/it/7", same ? mine : other);
            return Turn.Normal(exchange);
        };
        _rig.Storage.On(StorageOperation.PutBlob, 0, overtaken).On(StorageOperation.PutBlockList, 0, overtaken);

        var taken = await new Hook(_rig).TakeAsync("7", mine);

        Assert.Equal(expected, taken.TryGet(out var delivery, out var failure) ? $"{delivery.Outcome}" : $"{failure.Kind}");
        if (failure is not null)
        {
            Assert.Equal(OutcomeKind.Stored, (await new Hook(_rig).TakeAsync("7", mine)).Value().Outcome);
        }

        Assert.Equal(same ? 1 : 2, _rig.Storage.Blobs.Count);
    }

    [Theory]
    [InlineData(TeeCommit.BlobFirst, 20)]
    [InlineData(TeeCommit.BlobFirst, 200_000)]
    [InlineData(TeeCommit.Both, 20)]
    [InlineData(TeeCommit.Both, 200_000)]
    [InlineData(TeeCommit.DownstreamFirst, 20)]
    [InlineData(TeeCommit.DownstreamFirst, 200_000)]
    public async Task The_service_behind_gets_both_whole_and_none_of_them_twice(TeeCommit commit, int length)
    {
        var hook = new Hook(_rig, commit);
        byte[][] bodies = [ScriptedBody.Content(length), [.. ScriptedBody.Content(length).Reverse()]];
        foreach (var body in bodies)
        {
            var service = new ScriptedDownstream();
            Assert.Equal(OutcomeKind.Stored, (await hook.TakeAsync("7", body, service)).Value().Outcome);
            Assert.True(service.SawWhole);
            Assert.Equal(body, service.Received.ToArray());
        }

        foreach (var body in bodies)
        {
            var service = new ScriptedDownstream();
            Assert.Equal(OutcomeKind.Duplicate, (await hook.TakeAsync("7", body, service)).Value().Outcome);
            Assert.False(service.SawWhole);
            Assert.False(service.Answered);
        }

        Assert.Equal(2, _rig.Storage.Blobs.Count);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(20, false)]
    [InlineData(200_000, true)]
    public async Task Where_the_service_answers_first_its_answer_stands_and_the_blob_finds_a_place(int length, bool same)
    {
        var (mine, other) = (ScriptedBody.Content(length), ScriptedBody.Content(length + 1)[1..]);
        StorageTurn overtaken = exchange =>
        {
            _rig.Storage.Put("inbox/it/7", same ? mine : other);
            return Turn.Normal(exchange);
        };
        _rig.Storage.On(StorageOperation.PutBlob, 0, overtaken).On(StorageOperation.PutBlockList, 0, overtaken);
        var service = new ScriptedDownstream();

        var taken = (await new Hook(_rig, TeeCommit.DownstreamFirst).TakeAsync("7", mine, service)).Value();

        Assert.True(taken.Answered && service.Answered && service.SawWhole);
        Assert.Contains(_rig.Storage.Blobs.Values, blob => blob.Content.AsSpan().SequenceEqual(mine));
        Assert.Equal(same ? 1 : 2, _rig.Storage.Blobs.Count);
    }

    // Whoever can write there, or something that answers in storage's place.
    [Fact]
    public async Task Where_every_name_is_taken_it_is_refused_and_storage_is_not_asked_for_ever()
    {
        _rig.Storage.OnEvery(StorageOperation.GetProperties, exchange =>
        {
            _rig.Storage.Put(exchange.Request.Blob, "other"u8.ToArray());
            return Turn.Normal(exchange);
        });

        (await new Hook(_rig).TakeAsync("7", "mine"u8.ToArray())).Failed(FailureKind.NameUnavailable, Phase.Admit);

        Assert.InRange(_rig.Storage.Requests.Count, 100, 1_000);
    }

    // It says that a name is free, and then that it is not.
    [Fact]
    public async Task Where_storage_contradicts_itself_the_delivery_comes_to_an_end()
    {
        _rig.Storage.OnEvery(StorageOperation.PutBlob, Turn.Refuse(409, "BlobAlreadyExists"));

        (await new Hook(_rig).TakeAsync("7", "mine"u8.ToArray())).Failed(FailureKind.NameUnavailable, Phase.Admit);

        Assert.Empty(_rig.Storage.Blobs);
    }

    // What many events have in common names none of them.
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("\" \\t\\u00a0\"")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task What_is_no_id_names_nothing(string id)
    {
        var hook = new Hook(_rig, idInBody: true);
        foreach (var state in (string[])["paid", "void"])
        {
            var body = Encoding.UTF8.GetBytes($$"""{"id":{{id}},"state":"{{state}}"}""");
            var taken = (await hook.TakeAsync(null, body)).Value();
            Assert.Equal($"it/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}", taken.Receipt!.Name);
        }
    }

    [Theory]
    [InlineData("17", "it/17")]
    [InlineData("-1.50", "it/-1.50")]
    [InlineData("\"evt_1\"", "it/evt_1")]
    [InlineData("\"null\"", "it/null")]
    public async Task A_number_is_an_id_as_a_text_is(string id, string name) =>
        Assert.Equal(
            name,
            (await new Hook(_rig, idInBody: true).TakeAsync(null, Encoding.UTF8.GetBytes($$"""{"id":{{id}}}"""))).Value().Receipt!.Name);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\u00a0")]
    public async Task A_header_that_is_blank_is_no_id(string id) =>
        Assert.DoesNotContain((await new Hook(_rig).TakeAsync(id, "a"u8.ToArray())).Value().Receipt!.Name, (string[])["it/", "it/_"]);

    // Whoever made one of them from the other would have its place.
    [Fact]
    public async Task An_id_and_what_is_made_of_it_are_two()
    {
        var hook = new Hook(_rig);
        var made = (await hook.TakeAsync("a/b", "1"u8.ToArray())).Value().Receipt!.Name;
        var sent = (await hook.TakeAsync(made["it/".Length..], "1"u8.ToArray())).Value();

        Assert.Equal(OutcomeKind.Stored, sent.Outcome);
        Assert.NotEqual(made, sent.Receipt!.Name);
    }
}
