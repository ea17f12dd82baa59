namespace Sluice.Resumable;

/// <summary>The protocols of resumable uploads. They differ in when an upload is complete.</summary>
internal enum UploadDialect : byte
{
    /// <summary>tus 1.0.0: when its offset reaches its length.</summary>
    Tus,

    /// <summary>Resumable Uploads for HTTP (draft-ietf-httpbis-resumable-upload): when its client says so.</summary>
    Http,

    /// <summary>
    /// The chunking of Azure Logic Apps (https://learn.microsoft.com/azure/logic-apps/logic-apps-handle-large-messages#upload-chunks): when
    /// its offset reaches its length.
    /// </summary>
    LogicApps,
}
