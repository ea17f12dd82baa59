using CsCheck;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>A ticket as bytes and back.</summary>
public sealed class TicketCodecTests
{
    private const string Old =
        "33221100554477668899aabbccddeeff0005696e626f78000161000000006b49d20000ffffffffffffffff0100ffff000a74"
        + "6578742f706c61696effffffffffffffff0000000000000000000102030405060708090a0b0c0d0e0f101112131415161718"
        + "191a1b1c1d1e1f";

    [Fact]
    public void What_was_written_is_read() =>
        Tickets.Any.Sample(static ticket => Tickets.AssertEqual(ticket, TicketCodec.Read(TicketCodec.Write(ticket))));

    // It is in an address that a client has kept, from before MaxBytes was a part of it.
    [Fact]
    public void An_old_one_is_read()
    {
        var ticket = TicketCodec.Read(Convert.FromHexString(Old));

        Assert.Equal(
            ("inbox/a", 1_800_000_000, UploadRole.Whole, true, null, "text/plain"),
            (ticket.ToString(), ticket.Expires.ToUnixTimeSeconds(), ticket.Role, ticket.CreateOnly, ticket.MaxBytes,
                ticket.Properties.ContentType));
        Assert.Equal(Enumerable.Range(0, 32), ticket.Sha256!.Value.Select(static value => (int)value));
        Assert.Equal(Old, Convert.ToHexStringLower(TicketCodec.Write(ticket)!));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2_000, true)]
    [InlineData(TicketCodec.MaxBytes, false)]
    [InlineData(65_535, false)]
    [InlineData(70_000, false)]
    public void One_that_would_not_fit_into_a_url_is_not_written(int letters, bool written)
    {
        var ticket = new UploadTicket
        {
            Id = Guid.NewGuid(),
            Target = new("inbox", "a"),
            Expires = DateTimeOffset.UnixEpoch,
            Metadata = new string('x', letters)
        };

        Assert.Equal(written, TicketCodec.Write(ticket) is not null);
    }

    [Fact]
    public void The_first_half_of_the_id_names_the_blocks() => Gen.Select(Gen.Guid, Gen.Guid).Sample(static (one, other) =>
        Assert.Equal(
            one.ToByteArray().AsSpan(0, 8).SequenceEqual(other.ToByteArray().AsSpan(0, 8)),
            Of(one).ChainId == Of(other).ChainId));

    private static UploadTicket Of(Guid id) => new() { Id = id, Target = new("inbox", "a"), Expires = DateTimeOffset.UnixEpoch };
}
