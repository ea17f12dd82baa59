namespace Sluice.Resumable;

/// <summary>
/// The kinds of blocks of a resumable upload. Only data is ever committed; the others are one byte long and carry their information in
/// their ids.
/// </summary>
internal enum ChainBlockKind : byte
{
    /// <summary>A writer takes over: earlier writers get no more results.</summary>
    Open = 1,

    /// <summary>The upload's length, if it was not known when the upload was created.</summary>
    Length = 2,

    /// <summary>
    /// Where the writer continues: after which other writer, and at which offset. Bytes that the other one adds beyond that offset do not
    /// count.
    /// </summary>
    Link = 3,

    /// <summary>Bytes of the upload.</summary>
    Data = 4,

    /// <summary>The writer has ended, and adds nothing more.</summary>
    Close = 5,

    /// <summary>The client cancelled the upload, or sent more bytes than its length (draft-ietf-httpbis-resumable-upload).</summary>
    Cancel = 6,

    /// <summary>A piece of the state of the whole upload's digest, after the writer's last byte.</summary>
    Digest = 7,
}
