namespace Sluice.Resumable;

/// <summary>What a block of a resumable upload says. Only data is ever committed; the others are one byte long and live in their ids.</summary>
internal enum ChainBlockKind : byte
{
    /// <summary>A writer takes over: whoever came before it is told nothing more.</summary>
    Open = 1,

    /// <summary>The upload's length, where it was not known when the upload was created.</summary>
    Length = 2,

    /// <summary>Where the writer goes on: after which other one, and at which offset. What that one adds beyond does not count.</summary>
    Link = 3,

    /// <summary>Bytes of the upload.</summary>
    Data = 4,

    /// <summary>The writer has ended, and adds nothing more.</summary>
    Close = 5,

    /// <summary>The upload was given up by its client.</summary>
    Cancel = 6,

    /// <summary>A piece of the state of the whole upload's digest, behind the writer's last byte.</summary>
    Digest = 7,
}
