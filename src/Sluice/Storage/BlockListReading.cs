using System.Buffers;

namespace Sluice.Storage;

/// <summary>
/// Parses the answer of Get Block List as a stream: a list of 50,000 blocks is 6 MB of XML, and would be several times that as objects.
/// Parsed by hand, because an asynchronous XmlReader starts with buffers of 192 KiB, for each of two lists of every append.
/// </summary>
/// <param name="heard">Receives each name, in base64 as it is in the list, and at the end storage's clock.</param>
internal sealed class BlockListReading(IBlockListListener heard) : IStreamedAnswer
{
    private const int WindowBytes = 16 * 1024;

    // Enough for the end of the list.
    private const int TailBytes = 32;

    public BinaryData Substitute { get; } = BinaryData.FromString("<BlockList/>");

    public async ValueTask ReadAsync(Stream content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await ReadAsync(content, heard, cancellationToken);
        heard.Ended(now);
    }

    // <BlockList><CommittedBlocks><Block><Name>BASE64</Name><Size>1</Size></Block>...</CommittedBlocks><UncommittedBlocks>...
    internal static async ValueTask ReadAsync(Stream content, IBlockListListener heard, CancellationToken cancellationToken)
    {
        var window = ArrayPool<byte>.Shared.Rent(WindowBytes);
        try
        {
            var (held, isCommitted) = (0, false);
            while (await content.ReadAsync(window.AsMemory(held), cancellationToken) is > 0 and var count)
            {
                var taken = Take(window.AsSpan(0, held + count), heard, ref isCommitted);
                held += count - taken;
                window.AsSpan(taken, held).CopyTo(window);
            }

            if (!IsEnd(window.AsSpan(0, held)))
            {
                throw new IOException("The list of blocks has no end.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    // Reports the names that are complete. What is left begins before the next name, or is the end of the available bytes.
    private static int Take(ReadOnlySpan<byte> bytes, IBlockListListener heard, ref bool isCommitted)
    {
        var at = 0;
        while (bytes[at..].IndexOf("<Name>"u8) is >= 0 and var found)
        {
            isCommitted = IsCommitted(bytes.Slice(at, found), isCommitted);
            var name = bytes[(at + found + "<Name>"u8.Length)..];
            if (name.IndexOf((byte)'<') is >= 0 and var length)
            {
                heard.Block(name[..length], isCommitted);
                at = bytes.Length - name.Length + length;
            }
            else
            {
                return at + found;
            }
        }

        // An incomplete tag begins in the bytes that are kept, and is searched for again.
        isCommitted = IsCommitted(bytes[at..], isCommitted);
        return Math.Max(at, bytes.Length - TailBytes);
    }

    // Which of the two lists the next name is in, after these bytes between names.
    private static bool IsCommitted(ReadOnlySpan<byte> bytes, bool before)
    {
        var (committed, uncommitted) = (bytes.LastIndexOf("<CommittedBlocks"u8), bytes.LastIndexOf("<UncommittedBlocks"u8));
        return committed == uncommitted ? before : committed > uncommitted;
    }

    private static bool IsEnd(ReadOnlySpan<byte> tail)
    {
        tail = tail.TrimEnd(" \r\n"u8);
        return tail.EndsWith("</BlockList>"u8)
            || (tail.EndsWith("/>"u8) && tail.LastIndexOf("<BlockList"u8) is >= 0 and var last && last == tail.LastIndexOf((byte)'<'));
    }
}
