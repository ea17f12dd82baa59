using System.Buffers.Text;
using System.Text;
using CsCheck;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>What travels in a URL can't be made, changed or read by whoever has it.</summary>
public sealed class TicketSealTests
{
    private static readonly byte[] Old = Key(1);
    private static readonly byte[] New = Key(2);

    private static readonly TicketSeal Seal = new([Old]);

    [Fact]
    public void What_was_sealed_is_opened() => Tickets.Any.Sample(static ticket =>
    {
        Assert.True(Seal.TryOpen(Seal.Seal(ticket).Value(), out var opened));
        Tickets.AssertEqual(ticket, opened);
    });

    [Fact]
    public void With_one_bit_changed_it_is_refused_wherever_that_is() =>
        Gen.Select(Tickets.Any, Gen.Int[0, int.MaxValue]).Sample(static (ticket, at) =>
        {
            var bytes = Base64Url.DecodeFromChars(Seal.Seal(ticket).Value());
            bytes[at / 8 % bytes.Length] ^= (byte)(1 << (at % 8));

            Assert.False(Seal.TryOpen(Base64Url.EncodeToString(bytes), out _));
        });

    [Fact]
    public void With_one_letter_changed_lost_or_added_it_is_refused() =>
        Gen.Select(Tickets.Any, Gen.Int[0, int.MaxValue], Gen.Char["AZaz09-_=+/ \n%\u00fc"]).Sample(static (ticket, where, letter) =>
        {
            var token = Seal.Seal(ticket).Value();
            var at = where % token.Length;

            Assert.Equal(token[at] == letter, Seal.TryOpen(token.Remove(at, 1).Insert(at, $"{letter}"), out _));
            Assert.False(Seal.TryOpen(token.Remove(at, 1), out _));
            Assert.False(Seal.TryOpen(token.Insert(at, $"{letter}"), out _));
            Assert.False(Seal.TryOpen(token + letter, out _));
        });

    [Fact]
    public void The_last_letter_has_one_way_to_be_written() => Tickets.Any.Sample(static ticket =>
    {
        var token = Seal.Seal(ticket).Value();

        Assert.Single(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", letter => Seal.TryOpen(token[..^1] + letter, out _));
    }, iter: 50);

    [Fact]
    public void Whatever_else_somebody_asks_for_is_refused() => Gen.OneOf(
        Gen.Char["AZaz09-_=+/ \n\u00fc"].Array[0, 120].Select(static letters => new string(letters)),
        Gen.Byte.Array[0, 120].Select(static bytes => Base64Url.EncodeToString(bytes)))
            .Sample(static token => Assert.False(Seal.TryOpen(token, out _)));

    [Fact]
    public void Under_another_key_or_none_it_is_refused()
    {
        var token = Seal.Seal(Ticket()).Value();

        Assert.False(new TicketSeal([New]).TryOpen(token, out _));
        Assert.False(new TicketSeal([]).TryOpen(token, out _));
        Assert.False(new TicketSeal([]).HasKey);
    }

    [Fact]
    public void A_key_is_changed_by_putting_a_new_one_first()
    {
        var both = new TicketSeal([New, Old]);
        var (before, after) = (Seal.Seal(Ticket()).Value(), both.Seal(Ticket()).Value());

        Assert.True(both.TryOpen(before, out _));
        Assert.True(both.TryOpen(after, out _));
        Assert.False(Seal.TryOpen(after, out _));
        Assert.True(new TicketSeal([New]).TryOpen(after, out _));
    }

    [Fact]
    public void One_that_would_not_fit_into_a_url_is_refused() =>
        Seal.Seal(Ticket() with { Metadata = new string('x', TicketCodec.MaxBytes) }).Failed(FailureKind.HeaderInvalid, Phase.Admit);

    [Fact]
    public void A_ticket_is_never_sealed_the_same_way_twice_and_nothing_of_it_can_be_read()
    {
        var ticket = Ticket() with { Metadata = "filename c2VjcmV0", Target = new BlobTarget("container", "folder/secret-name") };

        var tokens = Enumerable.Range(0, 100).Select(_ => Seal.Seal(ticket).Value()).ToList();

        Assert.Equal(100, tokens.Distinct().Count());
        Assert.All(tokens, token =>
        {
            Assert.Matches("^[A-Za-z0-9_-]+$", token);
            var bytes = Base64Url.DecodeFromChars(token);
            foreach (var secret in (byte[][])[
                "filename"u8.ToArray(), "secret"u8.ToArray(), "container"u8.ToArray(), ticket.Id.ToByteArray()[..6]])
            {
                Assert.Equal(-1, bytes.AsSpan().IndexOf(secret));
                Assert.DoesNotContain(Encoding.Latin1.GetString(secret), token, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void A_whole_has_one_address_under_one_key_and_no_two_have_anything_in_common()
    {
        var wholes = Enumerable.Range(0, 100).Select(static _ => Ticket() with { Role = UploadRole.Final }).ToList();

        Assert.All(wholes, static whole =>
        {
            Assert.Equal(Seal.Seal(whole).Value(), Seal.Seal(whole).Value());
            Assert.NotEqual(Seal.Seal(whole).Value(), new TicketSeal([New]).Seal(whole).Value());
            Assert.True(Seal.TryOpen(Seal.Seal(whole).Value(), out var opened));
            Tickets.AssertEqual(whole, opened);
        });

        // Version and nonce.
        Assert.Equal(
            100, wholes.Select(static whole => Convert.ToHexString(Base64Url.DecodeFromChars(Seal.Seal(whole).Value()).AsSpan(0, 13)))
                .Distinct().Count());
    }

    private static byte[] Key(byte seed) => Enumerable.Repeat(seed, TicketSeal.KeyBytes).ToArray();

    private static UploadTicket Ticket() => new() { Id = Guid.NewGuid(), Target = new("inbox", "a"), Expires = DateTimeOffset.UnixEpoch };
}
