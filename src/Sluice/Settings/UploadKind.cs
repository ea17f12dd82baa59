namespace Sluice.Settings;

/// <summary>The kind of route that an upload came through.</summary>
public enum UploadKind
{
    /// <summary><c>PUT</c> or <c>POST /api/blobs/{container}/{name}</c>.</summary>
    Put,

    /// <summary>A file of a form: <c>POST /api/blobs/{container}</c>.</summary>
    Form,

    /// <summary><c>/api/ingest/{name}</c>: the rules choose the destination.</summary>
    Ingest,

    /// <summary><c>POST /api/hooks/{source}</c>: the delivery of a webhook.</summary>
    Hook,

    /// <summary><c>/api/relay/{target}/{path}</c>.</summary>
    Relay,

    /// <summary>The creation of a resumable upload: <c>POST /api/files</c>, or a chunked upload of Azure Logic Apps.</summary>
    Resumable,

    /// <summary>By the app's own code.</summary>
    Code,
}
