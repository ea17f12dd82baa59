using System.Buffers.Binary;
using System.Text;
using Sluice.Digests;
using Sluice.Storage;

namespace Sluice.Resumable;

/// <summary>
/// Encodes a ticket in as few bytes as possible, because it becomes part of a URL. Only tickets that were sealed by Sluice are ever
/// decoded.
/// </summary>
internal static class TicketCodec
{
    /// <summary>
    /// The largest ticket, in bytes: sealed and in base64 it has to fit into a request line of 8 KiB, with room for proxies that allow 4.
    /// </summary>
    public const int MaxBytes = 2_600;

    private const int IsCreateOnly = 1;
    private const int HasMaxBytes = 2;
    private const int HasIfMatch = 4;
    private const int HasOwner = 8;

    /// <summary>Encodes a ticket; null if it exceeds the limit.</summary>
    public static byte[]? Write(UploadTicket ticket)
    {
        var bytes = new List<byte>(256);
        bytes.AddRange(ticket.Id.ToByteArray());
        Write(bytes, ticket.Target.Container);
        Write(bytes, ticket.Target.Name);
        Write(bytes, ticket.Expires.ToUnixTimeSeconds());
        bytes.Add((byte)ticket.Dialect);
        Write(bytes, ticket.Length ?? -1);
        bytes.Add((byte)((ticket.CreateOnly ? IsCreateOnly : 0)
            | (ticket.MaxBytes is null ? 0 : HasMaxBytes)
            | (ticket.IfMatch is null ? 0 : HasIfMatch)
            | (ticket.Owner is null ? 0 : HasOwner)));
        bytes.Add((byte)ticket.Role);
        Write(bytes, ticket.Metadata);
        Write(bytes, ticket.Properties.ContentType);
        Write(bytes, ticket.Properties.ContentEncoding);
        Write(bytes, ticket.Properties.ContentLanguage);
        Write(bytes, ticket.Properties.ContentDisposition);
        Write(bytes, ticket.Properties.CacheControl);
        Write(bytes, ticket.Properties.Metadata.Count);
        foreach (var (name, value) in ticket.Properties.Metadata)
        {
            Write(bytes, name);
            Write(bytes, value);
        }

        if (ticket.MaxBytes is { } maxBytes)
        {
            Write(bytes, maxBytes);
        }

        if (ticket.IfMatch is { } ifMatch)
        {
            Write(bytes, ifMatch);
        }

        if (ticket.Owner is { } owner)
        {
            Write(bytes, owner);
        }

        bytes.AddRange(ticket.Sha256?.Value ?? []);
        return bytes.Count > MaxBytes ? null : [.. bytes];
    }

    public static UploadTicket Read(ReadOnlySpan<byte> bytes)
    {
        var left = bytes;
        var flags = 0;
        return new UploadTicket
        {
            Id = new Guid(Take(ref left, 16)),
            Target = new BlobTarget(ReadText(ref left)!, ReadText(ref left)!),
            Expires = DateTimeOffset.FromUnixTimeSeconds(ReadNumber(ref left)),
            Dialect = (UploadDialect)Take(ref left, 1)[0],
            Length = ReadNumber(ref left) is >= 0 and var length ? length : null,
            CreateOnly = ((flags = Take(ref left, 1)[0]) & IsCreateOnly) != 0,
            Role = (UploadRole)Take(ref left, 1)[0],
            Metadata = ReadText(ref left),
            Properties = new BlobProperties
            {
                ContentType = ReadText(ref left),
                ContentEncoding = ReadText(ref left),
                ContentLanguage = ReadText(ref left),
                ContentDisposition = ReadText(ref left),
                CacheControl = ReadText(ref left),
                Metadata = ReadMetadata(ref left),
            },
            MaxBytes = (flags & HasMaxBytes) != 0 ? ReadNumber(ref left) : null,
            IfMatch = (flags & HasIfMatch) != 0 ? ReadText(ref left) : null,
            Owner = (flags & HasOwner) != 0 ? ReadText(ref left) : null,
            Sha256 = left.IsEmpty ? null : new Digest(DigestAlgorithm.Sha256, left.ToArray()),
        };
    }

    private static void Write(List<byte> bytes, long number)
    {
        Span<byte> eight = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(eight, number);
        bytes.AddRange(eight);
    }

    // Null and the empty text are different.
    private static void Write(List<byte> bytes, string? text)
    {
        var length = text is null ? ushort.MaxValue : Math.Min(Encoding.UTF8.GetByteCount(text), ushort.MaxValue - 1);
        bytes.Add((byte)(length >> 8));
        bytes.Add((byte)length);
        bytes.AddRange(Encoding.UTF8.GetBytes(text ?? ""));
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> left, int count)
    {
        var taken = left[..count];
        left = left[count..];
        return taken;
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> left) => BinaryPrimitives.ReadInt64BigEndian(Take(ref left, sizeof(long)));

    private static string? ReadText(ref ReadOnlySpan<byte> left)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(Take(ref left, sizeof(ushort)));
        return length == ushort.MaxValue ? null : Encoding.UTF8.GetString(Take(ref left, length));
    }

    private static Dictionary<string, string> ReadMetadata(ref ReadOnlySpan<byte> left)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var count = ReadNumber(ref left); count > 0; count--)
        {
            metadata.Add(ReadText(ref left)!, ReadText(ref left)!);
        }

        return metadata;
    }
}
