using System.Buffers;
using CsCheck;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class ContentSnifferPropertyTests
{
    private static readonly Gen<byte[]> AnySample = Gen.Int[0, SniffSamples.All.Count - 1].Select(static i => SniffSamples.All[i].Body);

    private static readonly Gen<(int At, byte Value)[]> Flips = Gen.Select(Gen.Int[0, 3000], Gen.Byte).Array[1, 6];

    [Fact]
    public void Where_a_body_is_cut_in_two_does_not_change_the_answer()
    {
        foreach (var sample in SniffSamples.All)
        {
            for (var at = 0; at <= sample.Body.Length; at++)
            {
                var pieces = SniffSegments.Cut(sample.Body, at);
                Assert.Equal(sample.MediaType, ContentSniffer.Sniff(pieces, complete: true));
                Assert.Equal(Sniff(sample.Body, complete: false), ContentSniffer.Sniff(pieces, complete: false));
            }
        }
    }

    [Fact]
    public void A_body_that_arrives_byte_by_byte_has_the_same_answer() => Assert.All(SniffSamples.All, static sample =>
    {
        var pieces = SniffSegments.Cut(sample.Body, [.. Enumerable.Range(1, sample.Body.Length - 1)]);
        Assert.Equal(sample.MediaType, ContentSniffer.Sniff(pieces, complete: true));
    });

    [Fact]
    public void How_a_body_is_cut_does_not_change_the_answer() =>
        Gen.Select(AnySample, Gen.Int[0, 3000].Array[0, 8], Gen.Bool).Sample((body, cuts, complete) =>
        {
            var pieces = SniffSegments.Cut(body, [.. cuts.Select(cut => cut % (body.Length + 1)).Order()]);
            return ContentSniffer.Sniff(pieces, complete) == Sniff(body, complete);
        });

    [Fact]
    public void Every_truncation_of_every_sample_has_an_answer()
    {
        foreach (var sample in SniffSamples.All)
        {
            for (var length = 1; length <= sample.Body.Length; length++)
            {
                Assert.NotNull(Sniff(sample.Body[..length], complete: true));
                Assert.NotNull(Sniff(sample.Body[..length], complete: false));
                Assert.NotNull(ContentSniffer.Sniff(SniffSegments.Cut(sample.Body[..length], length / 2), complete: false));
            }
        }
    }

    [Fact]
    public void Random_bytes_have_an_answer() =>
        Gen.Select(Gen.Byte.Array[1, 2000], Gen.Bool).Sample(static (body, complete) => Sniff(body, complete) is not null);

    [Fact]
    public void A_sample_with_flipped_bytes_has_an_answer_that_does_not_depend_on_the_cut() =>
        Gen.Select(AnySample, Flips, Gen.Int[0, 3000], Gen.Bool).Sample((sample, flips, cut, complete) =>
        {
            var body = sample.ToArray();
            foreach (var (at, value) in flips) body[at % body.Length] = value;
            var mediaType = Sniff(body, complete);
            return mediaType is not null && mediaType == ContentSniffer.Sniff(SniffSegments.Cut(body, cut % (body.Length + 1)), complete);
        });

    [Fact]
    public void What_follows_the_largest_window_is_not_looked_at()
    {
        var body = new byte[100_000];
        Array.Fill(body, (byte)' ');
        body[0] = (byte)'[';
        body[1] = (byte)'1';
        body[70_000] = (byte)'?';

        Assert.Equal("application/json", Sniff(body, complete: true));
        Assert.Equal("application/json", ContentSniffer.Sniff(SniffSegments.Cut(body, 500, 66_000), complete: true));
    }

    private static string? Sniff(byte[] body, bool complete) => ContentSniffer.Sniff(new ReadOnlySequence<byte>(body), complete);
}
