namespace Sluice.Memory;

/// <summary>
/// An upload that holds memory, as the pool sees it when others wait: how fast its client is, and whether it can return memory.
/// </summary>
internal interface IMemoryHolder
{
    /// <summary>
    /// How fast its client has sent so far, in bytes per second of the time spent waiting for the client. The slowest returns memory first.
    /// </summary>
    double BytesPerSecond { get; }

    /// <summary>
    /// Returns the block that is being filled, if the upload is only waiting for its client: the block's content goes to storage, or the
    /// upload ends. The memory is free when storage has answered. False when the upload is busy; it then returns its memory by itself.
    /// </summary>
    bool TryGiveBack();
}
