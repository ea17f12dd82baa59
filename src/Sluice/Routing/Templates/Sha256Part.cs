using System.Buffers;
using System.Security.Cryptography;
using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>
/// <c>{sha256}</c>: the digest of the body, 64 hex digits. The name is needed before the transfer, so the whole body has to fit into the
/// peek window.
/// </summary>
internal sealed class Sha256Part : NamePart
{
    public override Result<string> Fill(RouteEvidence evidence)
    {
        if (!evidence.Complete)
        {
            return Unavailable($"the SHA-256 of the body, which is longer than the {evidence.Head.Length} bytes that were inspected");
        }

        return Convert.ToHexStringLower(Of(evidence.Head));
    }

    /// <summary>The digest of a body that is in memory.</summary>
    public static byte[] Of(ReadOnlySequence<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in body)
        {
            hash.AppendData(segment.Span);
        }

        return hash.GetHashAndReset();
    }
}
