using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.Server.Settings;

namespace Sluice.Server.Keys;

/// <summary>The configured keys: hashed, each with its caller.</summary>
internal sealed class ServerKeys
{
    private readonly List<(byte[] Hash, KeyCaller Caller)> _keys = [];

    public ServerKeys(IOptions<ServerOptions> options)
    {
        Add(new KeyCaller(null, [RequiredScope.Admin.Name]), options.Value.Keys);

        foreach (var (name, named) in options.Value.NamedKeys)
        {
            Add(new KeyCaller(name, named.Scopes), named.Keys);
        }
    }

    /// <summary>
    /// Returns the caller of a key; null for an unknown key. All keys are compared, so that the time does not reveal how close a guess was.
    /// </summary>
    public KeyCaller? Find(string sent)
    {
        var hash = KeyHash.Of(sent);
        KeyCaller? found = null;
        foreach (var (known, caller) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? caller : found;
        }

        return found;
    }

    private void Add(KeyCaller caller, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (KeyHash.TryRead(key, out var hash))
            {
                _keys.Add((hash, caller));
            }
        }
    }
}
