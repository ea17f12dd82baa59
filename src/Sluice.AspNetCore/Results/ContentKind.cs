namespace Sluice.AspNetCore.Results;

/// <summary>How a browser treats a stored blob that is opened.</summary>
internal enum ContentKind
{
    /// <summary>A document that it may run, or something that it can't display: must be downloaded.</summary>
    Other,

    /// <summary>Text, displayed as it is.</summary>
    Text,

    /// <summary>An image, displayed in a document that the browser creates.</summary>
    Image,

    /// <summary>Audio or video, in a document that the browser creates, which requests the blob once more.</summary>
    Media,

    /// <summary>A PDF, in its own viewer.</summary>
    Pdf,
}
