namespace Sluice.Callers;

/// <summary>How a caller is known.</summary>
public enum CallerKind
{
    /// <summary>By its address only: it sent no credential, and none was asked for.</summary>
    Anonymous,

    /// <summary>
    /// By its address only, behind a credential that many may share: a key without a name, or a key of the Functions host, which does not
    /// report which one was used.
    /// </summary>
    Address,

    /// <summary>By a key with a name, or by the app's own authentication.</summary>
    Key,

    /// <summary>By a bearer token of an OpenID Connect issuer.</summary>
    Token,

    /// <summary>By App Service authentication (https://learn.microsoft.com/azure/app-service/overview-authentication-authorization).</summary>
    Principal,

    /// <summary>As a source of webhooks. Its signature is checked before anything that it sends becomes visible.</summary>
    Source,
}
