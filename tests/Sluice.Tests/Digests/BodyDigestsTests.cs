using System.Security.Cryptography;
using CsCheck;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Digests;

public sealed class BodyDigestsTests
{
    private static readonly DigestAlgorithm[] All =
    [
        DigestAlgorithm.Sha256, DigestAlgorithm.Sha512, DigestAlgorithm.Md5, DigestAlgorithm.Crc64
    ];

    [Fact]
    public void Each_is_what_it_is_of_all_bytes_however_they_come() => Gen.Byte.Array[0, 400].Array[0, 5].Sample(static pieces =>
    {
        using var digests = new BodyDigests(All, []);
        foreach (var piece in pieces)
        {
            digests.Append(piece);
        }

        byte[] content = [.. pieces.SelectMany(static piece => piece)];
        Assert.Equal(
            [
                Of(SHA256.HashData(content)), Of(SHA512.HashData(content)),
                Of(CryptographicOperations.HashData(HashAlgorithmName.MD5, content)), ScriptedAccount.Crc64Of(content)
            ],
            digests.Values().Select(static digest => digest.Base64));
    });

    [Fact]
    public void An_algorithm_that_is_computed_and_declared_in_two_fields_runs_once()
    {
        var digest = new Digest(DigestAlgorithm.Sha256, SHA256.HashData([]));
        using var digests = new BodyDigests([DigestAlgorithm.Sha256, DigestAlgorithm.Sha256], [digest, digest]);

        Assert.Single(digests.Values());
        Assert.Null(digests.Verify());
    }

    [Fact]
    public void The_one_that_differs_is_named_with_both_values()
    {
        byte[] content = [1, 2, 3];
        Digest[] right =
        [
            new(DigestAlgorithm.Sha512, SHA512.HashData(content)),
            new(DigestAlgorithm.Md5, CryptographicOperations.HashData(HashAlgorithmName.MD5, content))
        ];
        using var digests = new BodyDigests([], [.. right, new(DigestAlgorithm.Sha256, new byte[32])]);
        digests.Append(content);

        var failure = digests.Verify();

        failure.Is(FailureKind.DigestMismatch, Phase.Seal);
        Assert.Equal(new DifferentDigests("sha-256", Of(new byte[32]), Of(SHA256.HashData(content))), failure!.Digests);
    }

    [Fact]
    public void One_value_that_is_right_does_not_outweigh_another_that_is_wrong()
    {
        using var digests = new BodyDigests(
            [], [new(DigestAlgorithm.Sha256, SHA256.HashData([])), new(DigestAlgorithm.Sha256, new byte[32])]);

        digests.Verify().Is(FailureKind.DigestMismatch, Phase.Seal);
    }

    [Fact]
    public void The_next_bytes_cost_no_allocation_however_many_digests_there_are()
    {
        var piece = new byte[4096];
        using var digests = new BodyDigests(All, []);
        digests.Append(piece);

        // The least of several runs: the runtime's own work counts against the thread that it happens on.
        var least = long.MaxValue;
        for (var run = 0; run < 10; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                digests.Append(piece);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static string Of(byte[] digest) => Convert.ToBase64String(digest);
}
