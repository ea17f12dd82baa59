namespace Sluice.Settings;

/// <summary>Whose pages may embed a blob (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header).</summary>
public enum ReadResourcePolicy
{
    /// <summary>Pages of the same scheme, host and port.</summary>
    SameOrigin,

    /// <summary>
    /// Pages of the same scheme and registrable domain: <c>app.example.com</c> if this server is <c>files.example.com</c>.
    /// </summary>
    SameSite,

    /// <summary>All pages.</summary>
    CrossOrigin,
}
