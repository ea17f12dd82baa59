namespace Sluice.Storage;

/// <summary>Hears of the blocks in a list, one after the other.</summary>
internal interface IBlockListListener
{
    /// <summary>A block.</summary>
    /// <param name="name">Its id, in base64, valid during the call only.</param>
    /// <param name="isCommitted">Whether it is one of the blob's, rather than one that waits to be.</param>
    void Block(ReadOnlySpan<byte> name, bool isCommitted);

    /// <summary>The list is over.</summary>
    /// <param name="now">Storage's clock when it answered, to the second.</param>
    void Ended(DateTimeOffset now);
}
