using System.Security.Cryptography;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Tests.Body;
using Sluice.Tests.Downstream;
using Sluice.Tests.Storage;
using Sluice.Tests.Uploads;
using Sluice.Uploads;

namespace Sluice.Tests.Digests;

/// <summary>Digests in an upload, from what was declared to what is kept: in one block, in several, and passing through.</summary>
public sealed class DigestedUploadTests
{
    private const int Small = 100;
    private const int Blocks = (3 * Rig.BlockBytes) + 5;
    private const int Through = 1 << 20;

    private readonly Rig _rig = new();

    public static TheoryData<int, string> Ways
    {
        get
        {
            var ways = new TheoryData<int, string>();
            foreach (var length in (int[])[0, Small, Blocks, Through])
            {
                foreach (var algorithm in (string[])["sha-256", "sha-512", "md5", "crc64nvme"])
                {
                    ways.Add(length, algorithm);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_body_that_agrees_is_stored_and_one_that_does_not_leaves_what_was_there(int length, string name)
    {
        foreach (var arrived in (bool[])[true, false])
        {
            var content = ScriptedBody.Content(length);
            var (right, wrong) = (Of(name, content), Enumerable.Repeat((byte)0xA5, Of(name, content).Value.Length).ToArray());

            (await StoreAsync(content, arrived, [right])).Value();
            var commits = Commits();
            var failure = (await StoreAsync(content, arrived, [right with { Value = wrong }])).Failed(
                FailureKind.DigestMismatch, Phase.Seal);

            Assert.Equal(new DifferentDigests(name, Convert.ToBase64String(wrong), right.Base64), failure.Digests);
            Assert.Equal(content, _rig.Stored);
            Assert.Equal(commits, Commits());
        }
    }

    [Fact]
    public async Task Of_several_digests_one_that_is_wrong_is_enough()
    {
        var content = ScriptedBody.Content(Small);

        (await StoreAsync(content, true, [Of("sha-256", content), Of("md5", content), Of("sha-512", [1])])).Failed(
            FailureKind.DigestMismatch, Phase.Seal);

        Assert.Empty(_rig.Storage.Blobs);
    }

    [Theory]
    [InlineData(ComputedDigests.None, null, "")]
    [InlineData(ComputedDigests.None, "sha-512=1", "sha-512")]
    [InlineData(ComputedDigests.Sha256, null, "sha-256")]
    [InlineData(ComputedDigests.Sha256, "sha-512=10, sha-256=1", "sha-256 sha-512")]
    [InlineData(ComputedDigests.Sha256 | ComputedDigests.Sha512, null, "sha-256 sha-512")]
    public async Task What_is_configured_or_wanted_is_told_and_kept(ComputedDigests compute, string? wants, string expected)
    {
        _rig.Digests.Compute = compute;

        var receipt = (await StoreAsync(ScriptedBody.Content(Blocks), true, [], wants)).Value();

        Assert.Equal(expected, string.Join(' ', receipt.Digests.Keys));
        var properties = _rig.Storage.Blobs[Rig.Target.ToString()].Properties;
        Assert.Equal(receipt.Digests.GetValueOrDefault("sha-256"), properties.GetValueOrDefault("x-ms-meta-sluice_sha256"));
        Assert.Equal(receipt.Digests.GetValueOrDefault("sha-512"), properties.GetValueOrDefault("x-ms-meta-sluice_sha512"));
    }

    [Fact]
    public async Task What_was_declared_is_kept_though_nothing_is_configured()
    {
        _rig.Digests.Compute = ComputedDigests.None;
        var content = ScriptedBody.Content(Small);

        var receipt = (await StoreAsync(content, true, [Of("sha-256", content), Of("md5", content), Of("crc64nvme", content)])).Value();

        Assert.Equal(["sha-256"], receipt.Digests.Keys);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Blocks)]
    [InlineData(Through)]
    public async Task The_MD5_that_was_declared_becomes_the_blob_s_own(int length)
    {
        var content = ScriptedBody.Content(length);

        (await StoreAsync(content, true, [Of("md5", content)])).Value();

        var commit = _rig.Storage.Requests[^1];
        Assert.Equal(Of("md5", content).Base64, commit.Header("x-ms-blob-content-md5"));

        // Storage takes one checksum for a request (BothCrc64AndMd5HeaderPresent).
        Assert.Null(commit.Header("x-ms-content-crc64"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public async Task A_service_never_has_all_of_a_relayed_body_that_does_not_agree(int length)
    {
        foreach (var declared in (long?[])[length, null])
        {
            var content = ScriptedBody.Content(length);
            var service = new ScriptedDownstream { DeclaredLength = length > 0 ? declared : null };
            var upload = new Upload
            {
                Body = ScriptedBody.InPieces(content, 20_000).Incoming,
                Destination = new(null, new RelayPath("service", "in")),
                Length = declared,
                Digests = [Of("sha-512", [1])],
                Downstreams = service,
            };

            (await _rig.UploadPipeline.TakeAsync(upload, _rig.Client.Token).AsTask().Soon()).Failed(FailureKind.DigestMismatch, Phase.Seal);

            Assert.False(service.SawWhole);
        }
    }

    private int Commits() => _rig.Storage.Of(StorageOperation.PutBlob).Count + _rig.Storage.Of(StorageOperation.PutBlockList).Count;

    private async Task<Result<Receipt>> StoreAsync(byte[] content, bool arrived, IReadOnlyList<Digest> digests, string? wants = null)
    {
        _rig.Blob.MaxBlocks = content.Length == Through ? 2 : 50_000;
        var upload = new Upload
        {
            Body = (arrived ? ScriptedBody.Arrived(content) : ScriptedBody.InPieces(content, 50_000)).Incoming,
            Destination = new(Rig.Target),
            Length = content.Length,
            Digests = digests,
            Wants = DigestPreference.Read(wants is null ? [] : [wants]),
        };
        var stored = await _rig.StoreAsync(upload).Soon();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        return stored;
    }

    private static Digest Of(string name, byte[] content) => name switch
    {
        "sha-256" => new(DigestAlgorithm.Sha256, SHA256.HashData(content)),
        "sha-512" => new(DigestAlgorithm.Sha512, SHA512.HashData(content)),
        "md5" => new(DigestAlgorithm.Md5, CryptographicOperations.HashData(HashAlgorithmName.MD5, content)),
        _ => new(DigestAlgorithm.Crc64, Convert.FromBase64String(ScriptedAccount.Crc64Of(content))),
    };
}
