using System.Buffers.Binary;
using System.Text;
using Sluice.Digests;
using Sluice.Settings;
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
    private const int HasFeatures = 8;
    private const int HasOwner = 16;

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
            | (ticket.Properties.Features == BlobFeatures.None ? 0 : HasFeatures)
            | (ticket.Owner is null ? 0 : HasOwner)));
        bytes.Add((byte)ticket.Role);
        Write(bytes, ticket.Metadata);
        Write(bytes, ticket.Properties.ContentType);
        Write(bytes, ticket.Properties.ContentEncoding);
        Write(bytes, ticket.Properties.ContentLanguage);
        Write(bytes, ticket.Properties.ContentDisposition);
        Write(bytes, ticket.Properties.CacheControl);
        Write(bytes, ticket.Properties.Metadata);

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

        if (ticket.Properties.Features is var features && features != BlobFeatures.None)
        {
            Write(bytes, features);
        }

        bytes.AddRange(ticket.Sha256?.Value ?? []);
        return bytes.Count > MaxBytes ? null : [.. bytes];
    }

    public static UploadTicket Read(ReadOnlySpan<byte> bytes)
    {
        var left = bytes;
        var flags = 0;
        var ticket = new UploadTicket
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
                Metadata = ReadTexts(ref left, StringComparer.OrdinalIgnoreCase),
            },
            MaxBytes = (flags & HasMaxBytes) != 0 ? ReadNumber(ref left) : null,
            IfMatch = (flags & HasIfMatch) != 0 ? ReadText(ref left) : null,
            Owner = (flags & HasOwner) != 0 ? ReadText(ref left) : null,
        };
        if ((flags & HasFeatures) != 0)
        {
            ticket = ticket with { Properties = ticket.Properties with { Features = ReadFeatures(ref left) } };
        }

        return ticket with { Sha256 = left.IsEmpty ? null : new Digest(DigestAlgorithm.Sha256, left.ToArray()) };
    }

    private static void Write(List<byte> bytes, BlobFeatures features)
    {
        Write(bytes, features.Tier);
        Write(bytes, features.Tags);
        Write(bytes, features.SeenTags.Count);
        foreach (var (name, seen) in features.SeenTags)
        {
            Write(bytes, name);
            bytes.Add((byte)seen);
        }

        Write(bytes, features.ImmutableDays ?? 0);
        bytes.Add((byte)features.ImmutabilityMode);
        bytes.Add(features.LegalHold ? (byte)1 : (byte)0);
    }

    private static BlobFeatures ReadFeatures(ref ReadOnlySpan<byte> left)
    {
        var (tier, tags, seen) = (ReadText(ref left), ReadTexts(ref left, StringComparer.Ordinal), new Dictionary<string, SeenTag>());
        for (var count = ReadNumber(ref left); count > 0; count--)
        {
            seen.Add(ReadText(ref left)!, (SeenTag)Take(ref left, 1)[0]);
        }

        return new BlobFeatures
        {
            Tier = tier,
            Tags = tags,
            SeenTags = seen,
            ImmutableDays = ReadNumber(ref left) is > 0 and var days ? (int)days : null,
            ImmutabilityMode = (ImmutabilityMode)Take(ref left, 1)[0],
            LegalHold = Take(ref left, 1)[0] != 0,
        };
    }

    private static void Write(List<byte> bytes, long number)
    {
        Span<byte> eight = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(eight, number);
        bytes.AddRange(eight);
    }

    private static void Write(List<byte> bytes, IReadOnlyDictionary<string, string> texts)
    {
        Write(bytes, texts.Count);
        foreach (var (name, value) in texts)
        {
            Write(bytes, name);
            Write(bytes, value);
        }
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

    private static Dictionary<string, string> ReadTexts(ref ReadOnlySpan<byte> left, StringComparer comparer)
    {
        var texts = new Dictionary<string, string>(comparer);
        for (var count = ReadNumber(ref left); count > 0; count--)
        {
            texts.Add(ReadText(ref left)!, ReadText(ref left)!);
        }

        return texts;
    }
}
