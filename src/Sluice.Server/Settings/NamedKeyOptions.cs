namespace Sluice.Server.Settings;

/// <summary>A caller that has a name, and what it may do (<c>Sluice:Server:NamedKeys:{name}</c>).</summary>
internal sealed class NamedKeyOptions
{
    /// <summary>
    /// The keys that are this caller's: each a text of at least 16 characters, or <c>sha256:</c> and the SHA-256 of one in hexadecimal or base64, so that
    /// whoever reads the settings can't call. Several allow rotation. No default.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>
    /// What the caller may do: <c>read</c>, <c>write</c>, <c>files</c>, <c>relay:{target}</c> or <c>relay:*</c>, <c>hooks:{source}</c> or <c>hooks:*</c>,
    /// <c>admin</c> for everything. No default.
    /// </summary>
    public IList<string> Scopes { get; } = [];
}
