using Sluice.AspNetCore.Hosting;
using Sluice.Server.Settings;
using Sluice.Server.Tokens;

namespace Sluice.Server;

/// <summary>Checks which tokens are accepted. Every message names the key and the remedy.</summary>
internal static class TokenOptionsCheck
{
    /// <summary>One sentence for each problem.</summary>
    public static IEnumerable<string> Problems(TokenOptions options, Func<string, string, string?> checkScope)
    {
        if (options.Authority is null)
        {
            yield return $"{TokenOptions.Section}:Authority is missing: it must be the URL of an OpenID Connect issuer. Set it.";
        }

        foreach (var (key, address) in (IEnumerable<(string, Uri?)>)
            [(nameof(options.Authority), options.Authority), (nameof(options.MetadataAddress), options.MetadataAddress)])
        {
            if (address is not null && !IsSafe(address))
            {
                yield return $"{TokenOptions.Section}:{key} is not a safe URL: it must begin with https://, because whoever can change "
                    + "what arrives from there can sign tokens; http:// is for loopback addresses only. Correct it.";
            }
        }

        if (options.Audiences.Count == 0)
        {
            yield return $"{TokenOptions.Section}:Audiences is empty: tokens for other services would be accepted. "
                + $"Set {TokenOptions.Section}:Audiences:0 to the audience of this server.";
        }

        foreach (var (index, audience) in options.Audiences.Index())
        {
            if (string.IsNullOrWhiteSpace(audience))
            {
                yield return $"{TokenOptions.Section}:Audiences:{index} is empty: it must be an audience. Set it, or remove it.";
            }
        }

        if (string.IsNullOrWhiteSpace(options.IdClaim))
        {
            yield return $"{TokenOptions.Section}:IdClaim is empty: it must be the claim that identifies a caller. Set it, or remove it.";
        }

        if (options.Grants.Count == 0)
        {
            yield return $"{TokenOptions.Section}:Grants is empty: no token would open anything. "
                + $"Set {TokenOptions.Section}:Grants:0:Scopes:0 to a scope.";
        }

        foreach (var problem in RangeCheck.Problems(TokenOptions.Section, options))
        {
            yield return problem;
        }

        foreach (var (index, grant) in options.Grants.Index())
        {
            var section = $"{TokenOptions.Section}:Grants:{index}:Scopes";
            if (grant is not { Scopes.Count: > 0 })
            {
                yield return $"{section} is empty: such tokens would open nothing. Set {section}:0 to a scope.";
                continue;
            }

            foreach (var (at, scope) in grant.Scopes.Index())
            {
                if (checkScope($"{section}:{at}", scope ?? "") is { } problem)
                {
                    yield return problem;
                }
            }
        }
    }

    private static bool IsSafe(Uri address) => address is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && BearerTokens.IsLoopback(address)));
}
