namespace Sluice.Settings;

/// <summary>How callers are identified on Azure Functions, where the host checks keys and does not report which one was used.</summary>
public sealed class CallerOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Callers";

    /// <summary>
    /// Whether the header <c>X-MS-CLIENT-PRINCIPAL</c> says who the caller is
    /// (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities#decode-the-client-principal-header). Only
    /// for a function app with App Service authentication, which replaces what a client sends in this header: in any other app, everybody
    /// could claim to be anybody. The default is false: the header is ignored. Sluice.Server does not start with it.
    /// </summary>
    public bool AppServicePrincipal { get; set; }

    /// <summary>
    /// The claim that identifies the caller, by its short name in tokens. The default is <c>sub</c>; for Entra ID, <c>oid</c> is the same
    /// in all apps of a tenant. A principal without it, or with several values, is refused.
    /// </summary>
    public string IdClaim { get; set; } = "sub";

    /// <summary>The claim with a name to display. The default is <c>name</c>.</summary>
    public string NameClaim { get; set; } = "name";
}
