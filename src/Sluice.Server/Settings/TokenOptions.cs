using System.ComponentModel.DataAnnotations;

namespace Sluice.Server.Settings;

/// <summary>
/// The bearer tokens that are accepted (RFC 6750): those of one OpenID Connect issuer, such as Microsoft Entra ID. Its signing keys are read
/// from its discovery document when the first token arrives, and again when they change.
/// </summary>
internal sealed class TokenOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = $"{ServerOptions.Section}:{nameof(ServerOptions.Tokens)}";

    /// <summary>
    /// The issuer's URL, for instance <c>https://login.microsoftonline.com/TENANT/v2.0</c>. It must use https, except on a loopback
    /// address. No default.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>
    /// The URL of the issuer's discovery document. The default is null: <c>/.well-known/openid-configuration</c> below
    /// <see cref="Authority"/>.
    /// </summary>
    public Uri? MetadataAddress { get; set; }

    /// <summary>
    /// The value that <c>iss</c> must have. The default is null: the issuer that the discovery document names.
    /// </summary>
    public string? Issuer { get; set; }

    /// <summary>The audiences (<c>aud</c>) of tokens that are meant for this server; one of them is required. No default.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>
    /// The claim that identifies the caller. No user may be able to choose its value. The default is <c>sub</c>; for Entra ID, <c>oid</c>
    /// is the same in all apps of a tenant. A token without it, or with several values, is refused.
    /// </summary>
    public string IdClaim { get; set; } = "sub";

    /// <summary>The claim with a name to display. The default is <c>name</c>.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>
    /// The claims with scopes, separated by spaces. The default is <c>scp</c> (Entra ID) and <c>scope</c> (RFC 9068).
    /// </summary>
    public IList<string> ScopeClaims { get; } = [];

    /// <summary>The claims with roles. The default is <c>roles</c>.</summary>
    public IList<string> RoleClaims { get; } = [];

    /// <summary>
    /// What tokens open, as scopes of this server: the scopes of all entries that apply to a token are added up. At least one is required.
    /// No default.
    /// </summary>
    public IList<TokenGrantOptions> Grants { get; } = [];

    /// <summary>How far the clocks of the issuer and of this server may differ. The default is 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}
