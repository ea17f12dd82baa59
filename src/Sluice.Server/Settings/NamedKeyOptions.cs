namespace Sluice.Server.Settings;

/// <summary>A named caller and its scopes (<c>Sluice:Server:NamedKeys:{name}</c>).</summary>
internal sealed class NamedKeyOptions
{
    /// <summary>
    /// The keys of this caller: each a text of at least 16 characters, or <c>sha256:</c> and the SHA-256 of one in hexadecimal or base64,
    /// so that reading the settings is not enough to call. Several allow rotation. No default.
    /// </summary>
    public IList<string> Keys { get; } = [];

    /// <summary>
    /// The caller's scopes: <c>read</c>, <c>list</c>, <c>write</c>, <c>delete</c>, <c>files</c>, <c>relay:{target}</c> or <c>relay:*</c>,
    /// <c>hooks:{source}</c> or <c>hooks:*</c>, <c>admin</c> for everything. No default.
    /// </summary>
    public IList<string> Scopes { get; } = [];
}
