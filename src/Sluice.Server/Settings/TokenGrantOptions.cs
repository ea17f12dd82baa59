namespace Sluice.Server.Settings;

/// <summary>Scopes of this server for tokens that have a scope or a role (<c>Sluice:Server:Tokens:Grants:{index}</c>).</summary>
internal sealed class TokenGrantOptions
{
    /// <summary>The scope that a token must have; case-sensitive. The default is null: any, or none.</summary>
    public string? Scope { get; set; }

    /// <summary>The role that a token must have; case-sensitive. The default is null: any, or none.</summary>
    public string? Role { get; set; }

    /// <summary>The scopes of this server that the token then opens, as for a named key. No default.</summary>
    public IList<string> Scopes { get; } = [];
}
