using System.Net;
using System.Security.Cryptography;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Concurrency;

/// <summary>
/// The body of one of many uploads, made while it is sent and with its digest known by then. Every 64 KiB of it are different from those
/// of any other upload, so that a block of one in the blob of another would be seen.
/// </summary>
internal sealed class RandomBody(int seed, long length, Framing framing) : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    private static readonly byte[] _noise = TestBody.Of(8 * TestBody.Mib, seed: 7);

    /// <summary>The SHA-256, in base64. Of what was sent so far; of the whole body once it was sent.</summary>
    public string Sha256 { get; private set; } = "";

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var where = new Random(seed);
        for (var left = length; left > 0;)
        {
            var piece = _noise.AsMemory(where.Next(_noise.Length - PieceBytes), (int)Math.Min(left, PieceBytes));
            digest.AppendData(piece.Span);
            await stream.WriteAsync(piece, cancellationToken);
            left -= piece.Length;
        }
        Sha256 = Convert.ToBase64String(digest.GetCurrentHash());
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return framing == Framing.Length;
    }
}
