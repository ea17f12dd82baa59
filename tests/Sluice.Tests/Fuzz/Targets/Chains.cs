using System.Text;
using System.Text.RegularExpressions;
using Sluice.Resumable;
using Sluice.Storage;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What storage answers of an upload's blocks: each id, the list, and what all of them say together.</summary>
internal static partial class Chains
{
    private const ulong Upload = 7;

    private static readonly ChainBlock[] _blocks =
    [
        new(Upload, 1, ChainBlockKind.Open), new(Upload, 1, ChainBlockKind.Link, 0, 0), new(Upload, 1, ChainBlockKind.Data, 0, 40),
        new(Upload, 1, ChainBlockKind.Close, 0, 40), new(Upload, 2, ChainBlockKind.Link, 1, 40, ChainBlockFlags.Held),
        new(Upload, 2, ChainBlockKind.Data, 40, 70), new(Upload, 2, ChainBlockKind.Close, 1_700_000_000, 70, ChainBlockFlags.Commit),
        new(Upload, 3, ChainBlockKind.Link, 2, 70, ChainBlockFlags.Fence), new(Upload, 3, ChainBlockKind.Length, 70),
        new(Upload, 2, ChainBlockKind.Digest, 1, 2, (ChainBlockFlags)1), new(Upload, 9, ChainBlockKind.Cancel),
        new(8, 1, ChainBlockKind.Data, 0, 1),
    ];

    private static readonly string[] _ids =
    [
        .. _blocks.Select(static block => FuzzTarget.Text(Convert.FromBase64String(block.ToBase64())))
    ];

    private static readonly string[] _names =
    [
        .. _blocks.Select(static block => $"<Block><Name>{block.ToBase64()}</Name><Size>1</Size></Block>")
    ];

    public static FuzzTarget Id { get; } = new("Block id", "inverse: an id that is read is written as it was")
    {
        Seeds = [.. _blocks.Select(static block => block.ToBase64())],
        Tokens = ["A", "=", "/", "//", "+", "AgAA"],
        Parse = static text => _ = ChainBlock.TryRead(FuzzTarget.Bytes(text), out _),
        Check = static text => !ChainBlock.TryRead(FuzzTarget.Bytes(text), out var block)
            || block.ToBase64() == FuzzTarget.Text(FuzzTarget.Bytes(text)) ? null : "it comes back as another one",
    };

    /// <summary>Ids one after the other, 33 bytes each: those of an upload, damaged, lost, repeated, in any order.</summary>
    public static FuzzTarget All { get; } = new(
        "Chain of blocks", "the offset does not depend on the order, and every byte before it comes from exactly one writer")
    {
        Seeds = [string.Concat(_ids), string.Concat(_ids[..4]), string.Concat(_ids[1..7])],
        Tokens =
        [
            .. _ids, "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001", "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF",
            "\u007F\u00FF\u00FF\u00FF\u00FF\u00FF"
        ],
        MaxCharacters = 33 * 30,
        BytesPerCharacter = 256,
        Parse = static text => _ = Resolve(Blocks(text)),
        Check = CheckChain,
    };

    /// <summary>The XML of Get Block List.</summary>
    public static FuzzTarget List { get; } = new("Block list", "the names that a regular expression finds")
    {
        Seeds =
        [
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><CommittedBlocks>{_names[2]}</CommittedBlocks><UncommittedBlocks>"
                + $"{string.Concat(_names)}</UncommittedBlocks></BlockList>",
            "<BlockList><CommittedBlocks /><UncommittedBlocks /></BlockList>", "<BlockList />",
        ],
        Tokens =
        [
            "<Name>", "</Name>", "<CommittedBlocks", "<UncommittedBlocks>", "</BlockList>", "<BlockList", "/>", "<Block>", "<", ">", "A",
            " ", "\r\n"
        ],
        MaxCharacters = 3_000,
        FixedBytes = 64 * 1024,
        Parse = static text => _ = Heard(text),
        Check = static text => Heard(text) is var heard
            && heard is null == !End().IsMatch(FuzzTarget.Text(FuzzTarget.Bytes(text))[Math.Max(0, text.Length - 32)..])
            && (heard is null || heard.SequenceEqual(Expected(text)))
                ? null
                : $"it hears {(heard is null ? "no list" : string.Join(' ', heard))}",
    };

    private static List<ChainBlock> Blocks(string text)
    {
        var (bytes, blocks) = (FuzzTarget.Bytes(text), new List<ChainBlock>());
        for (var at = 0; at + 33 <= bytes.Length; at += 33)
        {
            if (ChainBlock.TryRead(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, at, 33)), out var block))
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    private static ChainState? Resolve(IEnumerable<ChainBlock> blocks)
    {
        var chain = new Chain(Upload);
        foreach (var block in blocks)
        {
            chain.Add(block);
        }

        return chain.Resolve();
    }

    private static string? CheckChain(string text)
    {
        var blocks = Blocks(text);
        if (Resolve(blocks) is not { } state)
        {
            return null;
        }

        var at = 0L;
        foreach (var span in state.Spans)
        {
            if (span.Start != at || span.End < span.Start)
            {
                return $"the bytes of {span.Epoch} are {span.Start}-{span.End}, and begin at {at}";
            }

            at = span.End;
        }

        // Each writer says each thing once: what was damaged into saying it twice has no order to be held to.
        var once = blocks.Where(static block => block.Upload == Upload)
            .GroupBy(static block => (block.Epoch, block.Kind, block.Kind == ChainBlockKind.Data ? block.First : 0))
            .All(static group => group.Count() == 1);
        var turned = once ? Resolve(Enumerable.Reverse(blocks))?.Offset : state.Offset;
        return at == state.Offset && turned == at
            ? null
            : $"the offset is {state.Offset}, its bytes end at {at}, and from behind it is {turned}";
    }

    private static List<string>? Heard(string text)
    {
        var heard = new HeardNames();
        try
        {
            BlockListReading.ReadAsync(new MemoryStream(FuzzTarget.Bytes(text)), heard, CancellationToken.None)
                .AsTask()
                .GetAwaiter()
                .GetResult();
            return heard.All;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Expected(string text)
    {
        var committed = false;
        foreach (Match match in Piece().Matches(FuzzTarget.Text(FuzzTarget.Bytes(text))))
        {
            committed = match.Groups["c"].Success || (committed && !match.Groups["u"].Success);
            if (match.Groups["n"].Success)
            {
                yield return $"{(committed ? "committed " : "")}{match.Groups["n"].Value}";
            }
        }
    }

    [GeneratedRegex(@"(?<c><CommittedBlocks)|(?<u><UncommittedBlocks)|<Name>(?<n>[^<]*)(?=<)")]
    private static partial Regex Piece();

    [GeneratedRegex(@"(?:</BlockList>|<BlockList[^<]*/>)[ \r\n]*\z")]
    private static partial Regex End();

    private sealed class HeardNames : IBlockListListener
    {
        public List<string> All { get; } = [];

        public void Block(ReadOnlySpan<byte> name, bool isCommitted) =>
            All.Add($"{(isCommitted ? "committed " : "")}{FuzzTarget.Text(name)}");

        public void Ended(DateTimeOffset now)
        {
            // Of no interest here.
        }
    }
}
