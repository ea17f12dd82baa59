using System.Text;
using Sluice.Digests;

namespace Sluice.Tests.Digests;

/// <summary>Each algorithm by vectors that others have published.</summary>
public sealed class DigestAlgorithmTests
{
    [Theory]
    // FIPS 180-4's examples (https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values), RFC 1321, section A.5.
    [InlineData("sha1", "", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")]
    [InlineData("sha1", "abc", "A9993E364706816ABA3E25717850C26C9CD0D89D")]
    [InlineData("sha1", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983E441C3BD26EBAAE4AA1F95129E5E54670F1")]
    [InlineData("sha-256", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("md5", "abc", "900150983CD24FB0D6963F7D28E17F72")]
    // The check value of CRC-32/ISO-HDLC, most significant byte first.
    [InlineData("crc32", "123456789", "CBF43926")]
    [InlineData("crc32", "", "00000000")]
    [InlineData("crc32", "The quick brown fox jumps over the lazy dog", "414FA339")]
    public void It_computes_what_others_do(string name, string text, string expected)
    {
        var algorithm = Named(name);
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var piece = 1; piece <= bytes.Length + 1; piece++)
        {
            using var running = algorithm.Start();
            foreach (var part in bytes.Chunk(piece))
            {
                running.Append(part);
            }

            Assert.Equal(expected, Convert.ToHexString(running.Value()));
        }

        Assert.Equal(algorithm.Bytes, expected.Length / 2);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("crc32")]
    public void What_is_only_checked_is_neither_kept_nor_told(string name)
    {
        Assert.Null(Named(name).Metadata);
        Assert.DoesNotContain(Named(name), DigestAlgorithm.OfFields);
    }

    private static DigestAlgorithm Named(string name) =>
        ((DigestAlgorithm[])[DigestAlgorithm.Sha1, DigestAlgorithm.Sha256, DigestAlgorithm.Md5, DigestAlgorithm.Crc32])
            .Single(algorithm => algorithm.Name == name);
}
