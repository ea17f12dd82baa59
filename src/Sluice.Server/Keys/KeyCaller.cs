using System.Security.Claims;

namespace Sluice.Server.Keys;

/// <summary>Who calls with a key, and what it opens.</summary>
/// <param name="name">The caller; null for a key that many may have, which says nothing of who calls.</param>
/// <param name="scopes">What the key opens.</param>
internal sealed class KeyCaller(string? name, IEnumerable<string> scopes)
    : ClaimsIdentity(name is null ? [] : [new Claim(ClaimTypes.Name, name)], KeyAuthentication.SchemeName)
{
    /// <summary>The scopes of the key, compared without case: the names of targets and sources are, too.</summary>
    public IReadOnlySet<string> Scopes { get; } = new HashSet<string>(scopes, StringComparer.OrdinalIgnoreCase);
}
