namespace Sluice.AspNetCore.Routes;

/// <summary>The routes of both hosts, below <see cref="Prefix"/>.</summary>
internal static class SluiceRoutes
{
    /// <summary>The route prefix of Azure Functions (host.json), which Sluice.Server uses too.</summary>
    public const string Prefix = "api";

    /// <summary>PUT, POST: store the body. GET, HEAD: read it back. DELETE: delete it.</summary>
    public const string Blob = "blobs/{container}/{**name}";

    /// <summary>POST: store each file of a form. GET, HEAD: list the blobs.</summary>
    public const string Container = "blobs/{container}";

    /// <summary>POST: report what is detected and what would be done.</summary>
    public const string Peek = "peek";

    /// <summary>PUT, POST: let the rules decide where the body goes.</summary>
    public const string Ingest = "ingest/{**name}";

    /// <summary>Any method: relay the request to a target and the response back.</summary>
    public const string Relay = "relay/{target}/{**path}";

    /// <summary>POST: a webhook. OPTIONS: whether the sender may deliver.</summary>
    public const string Hook = "hooks/{source}";

    /// <summary>OPTIONS: the supported features of resumable uploads. POST: create one.</summary>
    public const string Files = "files";

    /// <summary>HEAD, GET: the upload's offset. PATCH: append to it. DELETE: abandon it. OPTIONS: as above.</summary>
    public const string File = "files/{id}";

    /// <summary>POST: deliver events again.</summary>
    public const string Replay = "events/replay";

    /// <summary>GET, HEAD: liveness.</summary>
    public const string Live = "health/live";

    /// <summary>GET, HEAD: readiness.</summary>
    public const string Ready = "health/ready";

    /// <summary>GET, HEAD: a page that uploads files.</summary>
    public const string UploadPage = "upload";

    /// <summary>GET, HEAD: the description of all routes.</summary>
    public const string OpenApi = "openapi.json";

    /// <summary>Any path and any method, on Azure Functions: handles what no other route matches.</summary>
    public const string Unmatched = "{**path}";
}
