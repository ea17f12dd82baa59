using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>SHA-256 that can be put down, held against the platform's and against the standard's own examples.</summary>
public sealed class ResumableSha256Tests
{
    [Theory]
    // FIPS 180-4's examples (https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values).
    [InlineData("", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1")]
    public void It_computes_the_published_digests(string text, string expected)
    {
        var sha256 = new ResumableSha256();
        sha256.Append(Encoding.ASCII.GetBytes(text));

        Assert.Equal(expected, Convert.ToHexString(sha256.Value()));
    }

    [Fact]
    public void Put_down_and_taken_up_after_any_byte_it_computes_what_the_platform_does() =>
        Gen.Select(Gen.Byte.Array[0, 500], Gen.Int[1, 200].Array[1, 8]).Sample(static (bytes, pieces) =>
        {
            var (sha256, at) = (new ResumableSha256(), 0);
            for (var piece = 0; at < bytes.Length; piece++)
            {
                var count = Math.Min(pieces[piece % pieces.Length], bytes.Length - at);
                sha256.Append(bytes.AsSpan(at, count));
                at += count;
                sha256 = new ResumableSha256(sha256.Save(), at);
            }

            Assert.Equal(SHA256.HashData(bytes), sha256.Value());
        });

    [Fact]
    public void To_ask_for_the_digest_does_not_end_it()
    {
        var sha256 = new ResumableSha256();
        sha256.Append("a"u8);
        _ = sha256.Value();
        sha256.Append("bc"u8);

        Assert.Equal(SHA256.HashData("abc"u8), sha256.Value());
    }

    [Fact]
    public void Its_state_goes_through_the_ids_of_blocks_in_any_order_and_not_without_one_of_them() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 6]).Sample(static (bytes, missing) =>
        {
            var sha256 = new ResumableSha256();
            sha256.Append(bytes);
            var ids = DigestPieces.Cut(1, 2, sha256.Save()).Select(static piece => piece.ToBase64()).Reverse().ToList();

            Assert.Equal(sha256.Save(), Read(ids, bytes.Length));
            Assert.Null(Read(ids.Where((_, index) => index != missing % ids.Count), bytes.Length));
        });

    private static byte[]? Read(IEnumerable<string> ids, long bytes)
    {
        var pieces = new DigestPieces();
        foreach (var id in ids)
        {
            Assert.True(ChainBlock.TryRead(Encoding.ASCII.GetBytes(id), out var block));
            Assert.Equal(ChainBlockKind.Digest, block.Kind);
            pieces.Add(block);
        }

        return pieces.Whole(bytes);
    }
}
