using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Routes;
using Sluice.Callers;
using Sluice.Server.Settings;

namespace Sluice.Server.Keys;

/// <summary>The configured keys: hashed, each with its caller.</summary>
internal sealed class ServerKeys
{
    private readonly List<(byte[] Hash, CallerIdentity Caller)> _keys = [];

    public ServerKeys(IOptions<ServerOptions> options)
    {
        // Many may share these: they don't say who the caller is.
        Add(new Caller { Kind = CallerKind.Address, Scopes = Scopes([RequiredScope.Admin.Name]) }, options.Value.Keys);

        foreach (var (name, named) in options.Value.NamedKeys)
        {
            Add(new Caller { Kind = CallerKind.Key, Id = name, Name = name, Scopes = Scopes(named.Scopes) }, named.Keys);
        }
    }

    /// <summary>
    /// Returns the caller of a key; null for an unknown key. All keys are compared, so that the time does not reveal how close a guess was.
    /// </summary>
    public CallerIdentity? Find(string sent)
    {
        var hash = KeyHash.Of(sent);
        CallerIdentity? found = null;
        foreach (var (known, caller) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? caller : found;
        }

        return found;
    }

    // Compared without case, like the names of targets and sources.
    private static HashSet<string> Scopes(IEnumerable<string> scopes) => new(scopes, StringComparer.OrdinalIgnoreCase);

    private void Add(Caller caller, IEnumerable<string> keys)
    {
        var identity = new CallerIdentity(caller, KeyAuthentication.SchemeName);
        foreach (var key in keys)
        {
            if (KeyHash.TryRead(key, out var hash))
            {
                _keys.Add((hash, identity));
            }
        }
    }
}
