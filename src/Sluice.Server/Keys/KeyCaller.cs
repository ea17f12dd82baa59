using System.Security.Claims;

namespace Sluice.Server.Keys;

/// <summary>A caller with a key, and the key's scopes.</summary>
/// <param name="name">The caller; null for a key that many may share, which does not identify the caller.</param>
/// <param name="scopes">The scopes of the key.</param>
internal sealed class KeyCaller(string? name, IEnumerable<string> scopes)
    : ClaimsIdentity(name is null ? [] : [new Claim(ClaimTypes.Name, name)], KeyAuthentication.SchemeName)
{
    /// <summary>The scopes of the key, compared without case, like the names of targets and sources.</summary>
    public IReadOnlySet<string> Scopes { get; } = new HashSet<string>(scopes, StringComparer.OrdinalIgnoreCase);
}
