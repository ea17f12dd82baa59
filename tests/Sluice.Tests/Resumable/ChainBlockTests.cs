using System.Text;
using CsCheck;
using Sluice.Resumable;
using Sluice.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>What a block of a resumable upload says is all in its id.</summary>
public sealed class ChainBlockTests
{
    // As far as a blob can reach: 48 bits.
    private const long Most = (1L << 48) - 1;

    private static readonly Gen<ChainBlock> Any = Gen.Select(
        Gen.ULong, Gen.ULong, Gen.Enum<ChainBlockKind>(), Gen.Long[0, long.MaxValue], Gen.Long[0, Most], Gen.Enum<ChainBlockFlags>(),
        static (upload, epoch, kind, first, second, flags) => new ChainBlock(
            upload, epoch, kind, Possible(kind, first, second), second, flags));

    [Fact]
    public void What_was_written_is_read() => Any.Sample(static block => Assert.Equal(block, Read(block.ToBase64())));

    [Fact]
    public void All_ids_have_one_length_that_azure_takes_and_no_character_that_a_url_changes() =>
        Any.Sample(static block => Assert.Matches("^[A-Za-z0-9+/]{44}$", block.ToBase64()));

    [Fact]
    public void Ids_sort_by_the_upload_then_the_writer_then_what_is_said_of_it() =>
        Gen.Select(Near(Any), Near(Any)).Sample(static (one, other) =>
            Assert.Equal(
                Math.Sign(Key(one).CompareTo(Key(other))),
                Math.Sign(
                    Convert.FromBase64String(one.ToBase64()).AsSpan().SequenceCompareTo(Convert.FromBase64String(other.ToBase64())))));

    [Fact]
    public void An_id_of_a_plain_upload_is_not_read() =>
        Gen.Select(Gen.Guid, Gen.Int[0, 49_999], static (upload, index) => new BlockId(upload, index).ToBase64())
            .Sample(static id => Assert.Null(Read(id)));

    [Fact]
    public void Whatever_else_somebody_calls_a_block_is_not_read() => Gen.OneOf(
        Gen.Byte.Array[0, 90].Select(static bytes => Convert.ToBase64String(bytes[..(bytes.Length == BlockId.Bytes ? 32 : bytes.Length)])),
        Gen.Char["AZaz09+/=-_ \n\u00fc"].Array[0, 90].Select(static letters => new string(letters)),
        Gen.Select(
            Any, Gen.Int[0, 43], Gen.Char["=-_ \n\t!"],
            static (block, at, letter) => block.ToBase64().Remove(at, 1).Insert(at, $"{letter}")),
        Any.Select(static block => block.ToBase64()[..^4]),
        Any.Select(static block => block.ToBase64() + "AAAA"),
        Any.Select(static block => "AQ" + block.ToBase64()[2..])).Sample(static name => Assert.Null(Read(name)));

    // A time that no clock shows would be an exception where it is read.
    [Theory]
    [InlineData(ChainBlockKind.Data, -1, 5)]
    [InlineData(ChainBlockKind.Data, 6, 5)]
    [InlineData(ChainBlockKind.Length, -1, 0)]
    [InlineData(ChainBlockKind.Close, -1, 5)]
    [InlineData(ChainBlockKind.Close, 253_402_300_800, 5)]
    public void What_no_writer_can_have_meant_is_not_read(object kind, long first, long second) =>
        Assert.Null(Read(new ChainBlock(1, 2, (ChainBlockKind)kind, first, second, ChainBlockFlags.Commit).ToBase64()));

    [Theory]
    [InlineData(ChainBlockKind.Data, 0, 0)]
    [InlineData(ChainBlockKind.Data, 5, 5)]
    [InlineData(ChainBlockKind.Length, 0, 0)]
    [InlineData(ChainBlockKind.Close, 0, 5)]
    [InlineData(ChainBlockKind.Close, 253_402_300_799, 5)]
    public void What_is_just_possible_is_read(object kind, long first, long second)
    {
        var block = new ChainBlock(1, 2, (ChainBlockKind)kind, first, second);

        Assert.Equal(block, Read(block.ToBase64()));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_not_read() => Gen.Byte.Array[44].Where(static bytes => bytes.Any(static b => b > 127))
        .Sample(static bytes => Assert.False(ChainBlock.TryRead(bytes, out _)));

    private static long Possible(ChainBlockKind kind, long first, long second) => kind switch
    {
        ChainBlockKind.Data => first % (second + 1),
        ChainBlockKind.Close => first % 253_402_300_800,
        _ => first,
    };

    private static ChainBlock? Read(string id) => ChainBlock.TryRead(Encoding.UTF8.GetBytes(id), out var block) ? block : null;

    // So that many have the first parts in common.
    private static Gen<ChainBlock> Near(Gen<ChainBlock> blocks) =>
        Gen.Select(blocks, Gen.ULong[0, 1], Gen.ULong[0, 2], Gen.Long[0, 2], static (block, upload, epoch, first) =>
            block with { Upload = upload, Epoch = epoch, First = first });

    private static (ulong Upload, ulong Epoch, ChainBlockKind Kind, ChainBlockFlags Flags, long First, long Second) Key(ChainBlock block) =>
        (block.Upload, block.Epoch, block.Kind, block.Flags, block.First, block.Second);
}
