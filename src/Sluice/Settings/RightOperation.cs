namespace Sluice.Settings;

/// <summary>What a right allows.</summary>
public enum RightOperation
{
    /// <summary>Storing a body: by its own URL, as a part of a form, by a rule, or by a webhook.</summary>
    Write,

    /// <summary>Reading a blob, or its properties.</summary>
    Read,

    /// <summary>Listing the names of blobs.</summary>
    List,

    /// <summary>Deleting a blob.</summary>
    Delete,

    /// <summary>Creating, continuing and cancelling a resumable upload.</summary>
    Resume,

    /// <summary>Sending a request to a target, whether its body is stored as well or not.</summary>
    Relay,
}
