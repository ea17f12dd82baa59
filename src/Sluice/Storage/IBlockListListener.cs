namespace Sluice.Storage;

/// <summary>Receives the blocks in a list, one by one.</summary>
internal interface IBlockListListener
{
    /// <summary>Reports one block.</summary>
    /// <param name="name">Its id, in base64, valid during the call only.</param>
    /// <param name="isCommitted">Whether it is a committed block of the blob, rather than an uncommitted one.</param>
    void Block(ReadOnlySpan<byte> name, bool isCommitted);

    /// <summary>Reports the end of the list.</summary>
    /// <param name="now">Storage's clock when it answered, to the second.</param>
    void Ended(DateTimeOffset now);
}
