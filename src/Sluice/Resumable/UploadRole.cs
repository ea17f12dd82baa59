namespace Sluice.Resumable;

/// <summary>What an upload is to others (tus, Concatenation).</summary>
internal enum UploadRole : byte
{
    /// <summary>An upload by itself.</summary>
    Whole,

    /// <summary>A part. It does not become a blob before a whole is made of it, and goes away by itself if none is.</summary>
    Part,

    /// <summary>Made of parts, at once: nothing can be added to it.</summary>
    Final,
}
