using Sluice.Callers;

namespace Sluice.Settings;

/// <summary>
/// Whom a right is for. All conditions must hold; of several values of one condition, one is enough. Values are case-sensitive, except
/// scopes.
/// </summary>
public sealed class RightCallerOptions
{
    /// <summary>How the caller is known: <c>Anonymous</c>, <c>Address</c>, <c>Key</c>, <c>Token</c>, <c>Principal</c> or <c>Source</c>.
    /// The default is empty: any way.</summary>
    public IList<CallerKind> Kinds { get; } = [];

    /// <summary>The names of keys or sources, or the ids of tokens or principals. The default is empty: any, or none.</summary>
    public IList<string> Ids { get; } = [];

    /// <summary>Roles of a token or a principal. The default is empty: any, or none.</summary>
    public IList<string> Roles { get; } = [];

    /// <summary>Scopes of a key, or those that a token grants (Sluice.Server). The default is empty: any, or none.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Claims of a token or a principal, and the values that one of them must have. The default is empty: any, or none.</summary>
    public IDictionary<string, IList<string>> Claims { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);
}
