namespace Sluice.Server.Settings;

/// <summary>The counterpart of Functions keys on Azure Functions: who may call.</summary>
internal sealed class ServerOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Server";

    /// <summary>
    /// The keys that grant access to the whole server, sent as <c>x-functions-key</c> or <c>?code=</c>; <c>sha256:</c> and a hash is
    /// accepted too. Several allow rotation. No default.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>The callers whose keys grant access to a part of the server, by name. No default.</summary>
    public IDictionary<string, NamedKeyOptions> NamedKeys { get; } =
        new Dictionary<string, NamedKeyOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Admits everybody on every address when there is no key and no issuer of tokens. The default is false: without them the server listens on loopback addresses
    /// only.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>The bearer tokens that are accepted, beside keys. The default is null: none.</summary>
    public TokenOptions? Tokens { get; set; }

    /// <summary>Whether callers need a key or a token.</summary>
    internal bool IdentifiesCallers => Keys.Count > 0 || NamedKeys.Count > 0 || Tokens is not null;
}
