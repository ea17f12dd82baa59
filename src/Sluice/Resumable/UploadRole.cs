namespace Sluice.Resumable;

/// <summary>How an upload relates to others (tus, Concatenation).</summary>
internal enum UploadRole : byte
{
    /// <summary>An independent upload.</summary>
    Whole,

    /// <summary>A part. It does not become a blob before a whole is made of it, and expires if none is.</summary>
    Part,

    /// <summary>A whole, made of parts at once: nothing can be appended to it.</summary>
    Final,
}
