using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// The id of an upload that is made of parts. It is derived from them rather than random, so that a request that is repeated because its
/// answer was lost finds the upload that it created. Nobody can derive it without the parts' own ids, which are random and travel sealed;
/// nor does it reveal them.
/// </summary>
internal static class WholeId
{
    // No other hash here has this prefix.
    private static readonly byte[] Label = "sluice whole 1"u8.ToArray();

    /// <summary>The id. Other parts, another order, another name or other metadata give another id.</summary>
    /// <param name="parts">The parts, in order.</param>
    /// <param name="target">Where the whole is stored, as far as that does not depend on the id.</param>
    /// <param name="metadata"><c>Upload-Metadata</c> as it came.</param>
    public static Guid Of(IReadOnlyCollection<UploadTicket> parts, BlobTarget target, string? metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Label);
        Append(hash, [.. parts.SelectMany(static part => part.Id.ToByteArray())]);
        Append(hash, Encoding.UTF8.GetBytes(target.Container));
        Append(hash, Encoding.UTF8.GetBytes(target.Name));
        Append(hash, Encoding.UTF8.GetBytes(metadata ?? ""));
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16));
    }

    // With its length, so that no bytes can be moved from one field to the next.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
