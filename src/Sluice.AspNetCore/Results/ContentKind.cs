namespace Sluice.AspNetCore.Results;

/// <summary>What a browser makes of a stored blob that is opened.</summary>
internal enum ContentKind
{
    /// <summary>A document that it may run, or something that it can't show: it is to be saved.</summary>
    Other,

    /// <summary>Text, which it shows as it is.</summary>
    Text,

    /// <summary>An image, in a document of its own making.</summary>
    Image,

    /// <summary>Audio or video, in a document of its own making, which asks for the blob once more.</summary>
    Media,

    /// <summary>A PDF, in its own viewer.</summary>
    Pdf,
}
