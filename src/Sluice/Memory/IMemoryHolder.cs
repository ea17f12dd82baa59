namespace Sluice.Memory;

/// <summary>An upload that holds memory, as the pool sees it when others wait: how fast its client is, and whether it can do without.</summary>
internal interface IMemoryHolder
{
    /// <summary>What its client has sent so far, in bytes per second of the time that was spent waiting for it. The slowest gives back first.</summary>
    double BytesPerSecond { get; }

    /// <summary>
    /// Gives back the block that is being filled, if the upload does nothing but wait for its client: what the block holds goes to storage, or the upload ends.
    /// The memory is free when storage has answered. False when the upload is busy, and gives its memory back by itself.
    /// </summary>
    bool TryGiveBack();
}
