using System.Security.Claims;

namespace Sluice.Server.Keys;

/// <summary>Who calls with a key, and what it opens.</summary>
internal sealed class KeyCaller(string name, IEnumerable<string> scopes)
    : ClaimsIdentity([new Claim(ClaimTypes.Name, name)], KeyAuthentication.SchemeName)
{
    /// <summary>The scopes of the key, compared without case: the names of targets and sources are, too.</summary>
    public IReadOnlySet<string> Scopes { get; } = new HashSet<string>(scopes, StringComparer.OrdinalIgnoreCase);
}
