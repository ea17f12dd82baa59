using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Sluice.AspNetCore.Limits;
using Sluice.Callers;
using Sluice.Server.Settings;

namespace Sluice.Server.Tokens;

/// <summary>Makes a caller of a valid token.</summary>
internal sealed class TokenCaller(TokenOptions options)
{
    private readonly IList<string> _scopeClaims = options.ScopeClaims.Count > 0 ? options.ScopeClaims : ["scp", "scope"];
    private readonly IList<string> _roleClaims = options.RoleClaims.Count > 0 ? options.RoleClaims : ["roles"];

    /// <summary>The caller; null if the token does not say who it is.</summary>
    public ClaimsPrincipal? Read(ClaimsPrincipal token)
    {
        var claims = CallerIdentity.Group(token.Claims.Select(static claim => (claim.Type, claim.Value)));
        if (claims.GetValueOrDefault(options.IdClaim) is not [var id] || string.IsNullOrWhiteSpace(id))
        {
            return null;
        }

        string[] scopes =
            [.. Values(claims, _scopeClaims).SelectMany(static value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        string[] roles = [.. Values(claims, _roleClaims)];
        var caller = new Caller
        {
            Kind = CallerKind.Token,
            Id = id,
            Name = claims.GetValueOrDefault(options.NameClaim) is [var name] ? name : null,
            Scopes = new HashSet<string>(
                options.Grants.Where(grant => IsFor(grant, scopes, roles)).SelectMany(static grant => grant.Scopes),
                StringComparer.OrdinalIgnoreCase),
            Roles = roles,
            Claims = claims,
        };
        return new ClaimsPrincipal(new CallerIdentity(caller, JwtBearerDefaults.AuthenticationScheme, token.Claims));
    }

    private static bool IsFor(TokenGrantOptions grant, string[] scopes, string[] roles) =>
        (grant.Scope is null || scopes.Contains(grant.Scope, StringComparer.Ordinal))
        && (grant.Role is null || roles.Contains(grant.Role, StringComparer.Ordinal));

    private static IEnumerable<string> Values(IReadOnlyDictionary<string, IReadOnlyList<string>> claims, IList<string> types) =>
        types.SelectMany(type => claims.GetValueOrDefault(type) ?? []);
}
