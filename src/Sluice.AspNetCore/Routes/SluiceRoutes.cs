namespace Sluice.AspNetCore.Routes;

/// <summary>The routes of both hosts, below <see cref="Prefix"/>.</summary>
public static class SluiceRoutes
{
    /// <summary>The route prefix of Azure Functions (host.json), which Sluice.Server uses too.</summary>
    public const string Prefix = "api";

    /// <summary>PUT, POST: store the body. GET, HEAD: read it back.</summary>
    public const string Blob = "blobs/{container}/{**name}";

    /// <summary>POST: store each file of a form.</summary>
    public const string Form = "blobs/{container}";

    /// <summary>POST: say what is seen and what would be done.</summary>
    public const string Peek = "peek";

    /// <summary>PUT, POST: let the rules decide where the body goes.</summary>
    public const string Ingest = "ingest/{**name}";

    /// <summary>Any method: relay the request to a target and its answer back.</summary>
    public const string Relay = "relay/{target}/{**path}";

    /// <summary>POST: a webhook. OPTIONS: whether one may be sent.</summary>
    public const string Hook = "hooks/{source}";

    /// <summary>OPTIONS: what resumable uploads may be. POST: create one.</summary>
    public const string Files = "files";

    /// <summary>HEAD, GET: how far it is. PATCH: add to it. DELETE: give it up. OPTIONS: as above.</summary>
    public const string File = "files/{id}";

    /// <summary>GET, HEAD: whether the process answers.</summary>
    public const string Live = "health/live";

    /// <summary>GET, HEAD: whether it can do its work.</summary>
    public const string Ready = "health/ready";

    /// <summary>GET, HEAD: a page that uploads files.</summary>
    public const string UploadPage = "upload";

    /// <summary>GET, HEAD: describe all of these.</summary>
    public const string OpenApi = "openapi.json";

    /// <summary>Any path and any method, on Azure Functions: what no other route takes.</summary>
    public const string Unmatched = "{**path}";
}
