using CsCheck;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Body;

public sealed class LastByteGuardTests
{
    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Fact]
    public void A_body_that_ends_well_arrives_whole_whatever_the_sizes() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[1, 100], Gen.Int[1, 100], Gen.Bool).Sample((length, piece, buffer, declared) =>
        {
            var content = ScriptedBody.Content(length);
            var guard = Guard(ScriptedBody.InPieces(content, piece), length, declared);

            var reading = Reading.OfAsync(guard, buffer, Unending).GetAwaiter().GetResult();

            Assert.Null(reading.Failure);
            Assert.Equal(content, reading.Bytes);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5_000)]
    public async Task The_last_byte_of_a_body_that_fails_at_its_end_is_never_given_out(int length)
    {
        var content = ScriptedBody.Content(length);
        var body = new ScriptedBody().Then(content);
        body.Then(body.Break);

        var reading = await Reading.OfAsync(Guard(body, length, declared: true), 1_000, Unending);

        Assert.Equal(content[..^1], reading.Bytes);
        reading.Failure.Is(FailureKind.BodyTruncated, Phase.Transfer);
    }

    [Fact]
    public async Task Nothing_is_kept_back_before_the_last_byte()
    {
        var body = new ScriptedBody();
        body.Send(new byte[] { 1, 2 });

        Assert.Equal(new BodyRead(2), await Guard(body, 3, declared: true).ReadAsync(new byte[10], Unending));
    }

    [Fact]
    public async Task Nothing_is_kept_back_of_a_body_of_unknown_length()
    {
        var body = new ScriptedBody();
        body.Send(new byte[] { 1, 2, 3 });

        Assert.Equal(new BodyRead(3), await Guard(body, 3, declared: false).ReadAsync(new byte[10], Unending));
    }

    [Fact]
    public async Task An_empty_destination_waits_for_the_last_byte_too_and_leaves_it_there()
    {
        var body = new ScriptedBody();
        var guard = Guard(body, 1, declared: true);

        var waiting = guard.ReadAsync(Memory<byte>.Empty, Unending).AsTask();
        Assert.False(waiting.IsCompleted);
        body.Send(new byte[] { 7 });
        body.End();
        Assert.Equal(default, await waiting.Soon());

        Assert.Equal([7], (await Reading.OfAsync(guard, cancellationToken: Unending)).Bytes);
    }

    private static LastByteGuard Guard(ScriptedBody body, int length, bool declared)
    {
        long? known = declared ? length : null;
        return new LastByteGuard(Guarded.Of(body, known), known);
    }
}
