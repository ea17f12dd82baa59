using CsCheck;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

public sealed class BlockIdTests
{
    private static readonly Gen<BlockId> Any = Gen.Select(
        Gen.Guid, Gen.Int[0, 49_999], static (upload, index) => new BlockId(upload, index));

    [Fact]
    public void All_ids_have_one_length_that_azure_takes_and_no_character_that_a_url_changes() =>
        Any.Sample(static id => Assert.Matches("^[A-Za-z0-9+/]{44}$", id.ToBase64()));

    [Fact]
    public void Two_ids_are_the_same_only_for_the_same_block_of_the_same_upload() =>
        Gen.Select(Any, Any).Sample(static (one, other) => (one == other) == (one.ToBase64() == other.ToBase64()));

    [Fact]
    public void An_id_says_its_format_its_upload_and_its_index() => Any.Sample(static id =>
    {
        var bytes = Convert.FromBase64String(id.ToBase64());

        Assert.Equal([1, 0, 0, 0], bytes[..4]);
        Assert.Equal(id.Upload, new Guid(bytes.AsSpan(4, 16)));
        Assert.Equal(id.Index, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    });

    [Fact]
    public void The_ids_of_one_upload_are_all_different_and_in_order()
    {
        var upload = Guid.NewGuid();

        var ids = Enumerable.Range(0, 50_000).Select(index => Convert.FromBase64String(new BlockId(upload, index).ToBase64())).ToList();

        Assert.All(ids.Zip(ids.Skip(1)), static pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) < 0));
    }
}
