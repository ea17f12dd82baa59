namespace Sluice.Server.Settings;

/// <summary>What Functions keys are on Azure Functions: who may call.</summary>
internal sealed class ServerOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Server";

    /// <summary>
    /// The keys that open all of the server, sent as <c>x-functions-key</c> or <c>?code=</c>; <c>sha256:</c> and a hash is taken too. Several allow rotation.
    /// No default.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>The callers whose keys open a part of it, by name. No default.</summary>
    public IDictionary<string, NamedKeyOptions> NamedKeys { get; } = new Dictionary<string, NamedKeyOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Lets everybody in at every address when there is no key. The default is false: without a key the server listens on loopback addresses only.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Whether callers need a key.</summary>
    internal bool HasKeys => Keys.Count > 0 || NamedKeys.Count > 0;
}
