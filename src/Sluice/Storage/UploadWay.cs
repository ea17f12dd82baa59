namespace Sluice.Storage;

/// <summary>How a body came in.</summary>
internal enum UploadWay
{
    /// <summary>By the app's own code.</summary>
    Code,

    /// <summary>By a request that names its blob.</summary>
    Put,

    /// <summary>As a file of a form.</summary>
    Form,

    /// <summary>By a request for which the rules chose the blob.</summary>
    Ingest,

    /// <summary>As a webhook delivery.</summary>
    Hook,

    /// <summary>By a resumable upload.</summary>
    Resumable,
}
