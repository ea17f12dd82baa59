namespace Sluice.Callers;

/// <summary>
/// Who sent a request: for limits, rights, names of blobs and events. Logs have the <see cref="Id"/> only. A test of the app's own code can
/// make one.
/// </summary>
public sealed class Caller
{
    private static readonly IReadOnlySet<string> _none = new HashSet<string>();

    /// <summary>A caller of which nothing is known.</summary>
    public static Caller Unknown { get; } = new();

    /// <summary>How it is known. The default is <see cref="CallerKind.Anonymous"/>.</summary>
    public CallerKind Kind { get; init; }

    /// <summary>
    /// What identifies it among the callers of its kind: the name of a key or of a source, or the claim that the settings name. For a
    /// caller that is not identified, its network address. The default is empty.
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>A name to display. Many callers may have the same. The default is null: none is known.</summary>
    public string? Name { get; init; }

    /// <summary>The scopes of its key, or those that its token grants; not case-sensitive. The default is none.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = _none;

    /// <summary>The roles that its token or its principal has; case-sensitive. The default is none.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The claims of its token or its principal: each type once, with all of its values. The default is none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Claims { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether the caller is known by more than its address, so that it is the same one in another request.</summary>
    public bool IsIdentified => Kind is CallerKind.Key or CallerKind.Token or CallerKind.Principal or CallerKind.Source;

    /// <summary>Its id as events and logs have it; null if the caller is known by its address only.</summary>
    internal string? KnownId => IsIdentified ? Id : null;

    /// <summary>
    /// Who the request counts for, where shares, limits and quotas are per caller. Two callers of different kinds are never the same.
    /// </summary>
    internal string Share => Kind switch
    {
        CallerKind.Key => $"key:{Id}",
        CallerKind.Token => $"token:{Id}",
        CallerKind.Principal => $"principal:{Id}",
        CallerKind.Source => $"hook:{Id}",
        _ => $"address:{Id}",
    };

    /// <summary>The value of a claim; null if there is none, or more than one.</summary>
    internal string? Claim(string type) => Claims.TryGetValue(type, out var values) && values is [var only] ? only : null;

    /// <summary>The caller as logs have it.</summary>
    public override string ToString() => Share;
}
