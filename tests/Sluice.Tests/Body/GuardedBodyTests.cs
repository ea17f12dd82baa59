using System.Security.Cryptography;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Body;

public sealed class GuardedBodyTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _ends = new();

    public void Dispose() => _ends.Dispose();

    [Fact]
    public Task The_digest_is_that_of_the_body_however_it_arrives_and_is_read() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Int[1, 700].Array[1, 8], Gen.Int[1, 3_000]).SampleAsync(async (length, pieces, bufferBytes) =>
        {
            var content = ScriptedBody.Content(length);
            using var guarded = Guard(ScriptedBody.InPieces(content, pieces), length);

            var reading = await Reading.OfAsync(guarded, bufferBytes, _ends.Token);

            Assert.Null(reading.Failure);
            Assert.Equal(content, reading.Bytes);
            Assert.Equal(length, guarded.Bytes);
            Assert.Equal(SHA256.HashData(content), Assert.Single(guarded.Digests.Values()).Value);
        });

    [Fact]
    public async Task The_digest_sees_what_the_sink_sees_and_nothing_else()
    {
        var content = ScriptedBody.Content(300);
        using var guarded = Guard(ScriptedBody.InPieces(content, 60), maxBytes: 200);

        var reading = await Reading.OfAsync(guarded, 60, _ends.Token);

        reading.Failure.Is(FailureKind.BodyTooLarge, Phase.Transfer);
        Assert.Equal(content[..180], reading.Bytes);
        Assert.Equal(SHA256.HashData(content.AsSpan(..180)), Assert.Single(guarded.Digests.Values()).Value);
    }

    [Fact]
    public async Task A_wait_for_the_next_byte_changes_neither_digest_nor_count()
    {
        var content = ScriptedBody.Content(10);
        using var guarded = Guard(ScriptedBody.Of(content));

        Assert.Equal(new BodyRead(0, More: true), await guarded.ReadAsync(Memory<byte>.Empty, _ends.Token));
        Assert.Equal(0, guarded.Bytes);

        Assert.Equal(content, (await Reading.OfAsync(guarded, 3, _ends.Token)).Bytes);
        Assert.Equal(SHA256.HashData(content), Assert.Single(guarded.Digests.Values()).Value);
    }

    [Fact]
    public async Task A_stall_is_a_stall_though_the_body_is_short_of_its_length()
    {
        var body = new ScriptedBody().Then(new byte[10]);
        using var guarded = Guard(body, 100);

        var reading = Reading.OfAsync(guarded, 50, _ends.Token);
        _time.Advance(TimeSpan.FromSeconds(30));

        (await reading.Soon()).Failure.Is(FailureKind.ClientStalled, Phase.Transfer);
        Assert.Equal(10, guarded.Bytes);
    }

    [Fact]
    public async Task The_limit_comes_before_the_declared_length()
    {
        using var guarded = Guard(ScriptedBody.Of(new byte[300]), 100, 200);

        (await Reading.OfAsync(guarded, 1_000, _ends.Token)).Failure.Is(FailureKind.BodyTooLarge, Phase.Transfer);
    }

    private GuardedBody Guard(ScriptedBody body, long? length = null, long maxBytes = long.MaxValue) =>
        new(
            body.Incoming, new IdleTimer(TimeSpan.FromSeconds(30), _time, _ends), length, maxBytes,
            new BodyDigests([DigestAlgorithm.Sha256], []));
}
