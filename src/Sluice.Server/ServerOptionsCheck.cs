using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.Server.Keys;
using Sluice.Server.Settings;
using Sluice.Settings;

namespace Sluice.Server;

/// <summary>
/// Requires a decision about who may call. Every message names the key and the remedy; none contains a value, because it may be a secret.
/// </summary>
internal sealed class ServerOptionsCheck(IConfiguration configuration) : IValidateOptions<ServerOptions>
{
    // In base64, 96 bits: the least that a text needs to be safe from guessing.
    private const int MinCharacters = 16;

    private static readonly string _scopes = string.Join(", ", RequiredScope.All.Select(static scope => scope.ToString()));

    private static readonly Dictionary<string, string> _names = new()
    {
        [RequiredScope.Relay.Name] = $"{RelayOptions.Section}:{nameof(RelayOptions.Targets)}",
        [RequiredScope.Hooks.Name] = $"{WebhookOptions.Section}:{nameof(WebhookOptions.Sources)}",
    };

    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(ServerOptions options) =>
        [
            .. Keys(options), .. options.NamedKeys.SelectMany(static named => Named(named.Key, named.Value ?? new())), .. Scopes(options),
            .. Repeated(options), .. Open(options),
            .. options.Tokens is { } tokens ? TokenOptionsCheck.Problems(tokens, Scope) : []
        ];

    private static IEnumerable<string> Keys(ServerOptions options)
    {
        foreach (var (index, key) in options.Keys.Index())
        {
            if (string.IsNullOrWhiteSpace(key))
            {
                yield return $"Sluice:Server:Keys:{index} is empty: it must be a key that callers send as x-functions-key. Set it, "
                    + "or remove it.";
            }
            else if (!KeyHash.TryRead(key, out _))
            {
                yield return NoHash($"Sluice:Server:Keys:{index}");
            }
        }
    }

    private static IEnumerable<string> Named(string name, NamedKeyOptions named)
    {
        var setting = $"Sluice:Server:NamedKeys:{name}";
        if (named.Keys.Count == 0)
        {
            yield return $"{setting}:Keys is empty: set {setting}:Keys:0 to a key of this caller, or to sha256: and its SHA-256.";
        }

        if (named.Scopes.Count == 0)
        {
            yield return $"{setting}:Scopes is empty: its keys would grant no access. Set {setting}:Scopes:0 to one of {_scopes}.";
        }

        foreach (var (index, key) in named.Keys.Index())
        {
            if (!KeyHash.TryRead(key ?? "", out _))
            {
                yield return NoHash($"{setting}:Keys:{index}");
            }
            else if (string.IsNullOrWhiteSpace(key) || (!KeyHash.IsHash(key) && key.Trim().Length < MinCharacters))
            {
                yield return $"{setting}:Keys:{index} is too short: it must have at least {MinCharacters} characters. Make one with: "
                    + "openssl rand -base64 32.";
            }
        }
    }

    private IEnumerable<string> Scopes(ServerOptions options) =>
        from named in options.NamedKeys
        from scope in (named.Value ?? new()).Scopes.Index()
        let problem = Scope($"Sluice:Server:NamedKeys:{named.Key}:Scopes:{scope.Index}", scope.Item ?? "")
        where problem is not null
        select problem;

    private string? Scope(string setting, string scope)
    {
        var (kind, of) = scope.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? (scope[..colon], scope[(colon + 1)..])
            : (scope, null);
        if (!RequiredScope.All.Any(known =>
            known.Name.Equals(kind, StringComparison.OrdinalIgnoreCase) && (known.RouteValue is null) == (of is null)))
        {
            return $"{setting} is not a scope: it must be one of {_scopes}, with * for all targets or sources.";
        }

        return of is not null and not RequiredScope.Any && _names[kind.ToLowerInvariant()] is var section
            && !configuration.GetSection(section).GetChildren().Any(child => child.Key.Equals(of, StringComparison.OrdinalIgnoreCase))
            ? $"{setting} is not the name of anything configured: it has to name one of {section}, or be {kind}:* for all."
            : null;
    }

    // A key shared by two callers would identify either of them by chance.
    private static IEnumerable<string> Repeated(ServerOptions options)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<(string Setting, string Key)> keys =
        [
            .. options.Keys.Index().Select(static key => ($"Sluice:Server:Keys:{key.Index}", key.Item)),
            .. options.NamedKeys.SelectMany(static named => (named.Value ?? new()).Keys.Index()
                .Select(key => ($"Sluice:Server:NamedKeys:{named.Key}:Keys:{key.Index}", key.Item))),
        ];
        foreach (var (setting, key) in keys)
        {
            if (!string.IsNullOrWhiteSpace(key) && KeyHash.TryRead(key, out var hash) && !seen.TryAdd(Convert.ToHexString(hash), setting))
            {
                yield return $"{setting} is the key of {seen[Convert.ToHexString(hash)]} too: a key must belong to one caller. "
                    + $"Remove one of the two.";
            }
        }
    }

    private IEnumerable<string> Open(ServerOptions options)
    {
        if (options.IdentifiesCallers && options.AllowAnonymous)
        {
            yield return "Sluice:Server:AllowAnonymous is true: it must be false or missing if Sluice:Server:Keys contains keys, "
                + "which every caller then needs. Remove one of the two.";
        }

        if (!options.IdentifiesCallers && !options.AllowAnonymous && ListenAddress.Beyond(configuration) is { } setting)
        {
            yield return $"Sluice:Server:Keys is empty: without a key the server listens only on loopback addresses, but {setting} names "
                + $"another address. Set Sluice:Server:Keys:0 to a key that callers send as x-functions-key, or "
                + $"Sluice:Server:AllowAnonymous to true behind a gateway that checks callers.";
        }
    }

    private static string NoHash(string setting) =>
        $"{setting} is not a hash: 'sha256:' must be followed by 64 hexadecimal digits, or 44 characters of base64. Make one with: "
            + "printf %s KEY | sha256sum.";
}
