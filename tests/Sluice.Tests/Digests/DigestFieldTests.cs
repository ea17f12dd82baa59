using System.Security.Cryptography;
using System.Text;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Digests;

public sealed class DigestFieldTests
{
    // RFC 9530, appendix D: {"hello": "world"} and a line feed.
    private const string Sha256 = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=";
    private const string Sha512 = "YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==";
    private static readonly byte[] Sample = Encoding.ASCII.GetBytes("{\"hello\": \"world\"}\n");

    [Fact]
    public void The_samples_of_the_RFC_are_read_and_agree()
    {
        var digests = DigestField.Read(
            "Repr-Digest",
            [$"sha-512=:{Sha512}:", $"sha-256=:{Sha256}:;note=\"x\", md5=:Sd/dVLAcvNLSq16eXua5uQ==:, unixsum=:GQU=:, x=1"]).Value();

        Assert.Equal([DigestAlgorithm.Sha256, DigestAlgorithm.Sha512], digests.Select(static digest => digest.Algorithm));
        using var body = new BodyDigests([], digests);
        body.Append(Sample);
        Assert.Null(body.Verify());
    }

    [Theory]
    [InlineData("")]
    [InlineData("unixsum=:GQU=:, md5=:AAAA:, sha=1, SHA")]
    [InlineData("crc32c=:Q3lHIA==:")]
    public void Only_algorithms_that_are_not_supported_are_nothing(string line)
    {
        if (line.EndsWith("SHA", StringComparison.Ordinal))
        {
            DigestField.Read("Content-Digest", [line]).Failed(FailureKind.HeaderInvalid, Phase.Admit);
            return;
        }

        Assert.Empty(DigestField.Read("Content-Digest", [line]).Value());
    }

    [Theory]
    [InlineData("sha-256=:AAAA:")]
    [InlineData("sha-256=::")]
    [InlineData("sha-256=1")]
    [InlineData("sha-256")]
    [InlineData("sha-256=" + Sha256)]
    [InlineData("sha-256=\"" + Sha256 + "\"")]
    [InlineData("sha-512=:" + Sha256 + ":")]
    [InlineData("sha-256=:" + Sha256 + ":, oops=")]
    [InlineData("sha-256=:" + Sha256 + "AA:")]
    public void A_digest_that_can_not_be_one_is_refused_and_the_field_is_named(string line)
    {
        var failure = DigestField.Read("Content-Digest", [line]).Failed(FailureKind.HeaderInvalid, Phase.Admit);
        Assert.StartsWith("Content-Digest", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_values_of_an_algorithm_the_last_counts()
    {
        var wrong = Convert.ToBase64String(new byte[32]);

        var digest = Assert.Single(DigestField.Read("Content-Digest", [$"sha-256=:{wrong}:", $"sha-256=:{Sha256}:"]).Value());

        Assert.Equal(SHA256.HashData(Sample), digest.Value);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA=", false)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA A==", false)]
    [InlineData(":AAAAAAAAAAAAAAAAAAAAA==:", false)]
    [InlineData("", false)]
    public void A_value_in_base64_is_as_long_as_its_algorithm_says(string line, bool valid)
    {
        var read = DigestField.ReadOne("Content-MD5", DigestAlgorithm.Md5, [line]);

        Assert.Equal(valid, read.Failure is null);
        Assert.Equal(valid ? null : "Content-MD5 is not 16 bytes in base64.", read.Failure?.Detail);
    }

    [Fact]
    public void Two_lines_are_not_one_value() =>
        DigestField.ReadOne("x-ms-content-crc64", DigestAlgorithm.Crc64, ["AAAAAAAAAAA=", "AAAAAAAAAAA="]).Failed(
            FailureKind.HeaderInvalid, Phase.Admit);
}
