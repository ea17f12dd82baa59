using CsCheck;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>A ticket as bytes and back.</summary>
public sealed class TicketCodecTests
{
    [Fact]
    public void What_was_written_is_read() =>
        Tickets.Any.Sample(static ticket => Tickets.AssertEqual(ticket, TicketCodec.Read(TicketCodec.Write(ticket))));

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
