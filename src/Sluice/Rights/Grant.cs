using Sluice.Callers;
using Sluice.MediaTypes;

namespace Sluice.Rights;

/// <summary>The rights by which a caller may do something. Several: each has its limits.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Rights">The rights; none where there are no rights at all.</param>
internal sealed record Grant(Caller Caller, IReadOnlyList<Right> Rights)
{
    /// <summary>Where there are no rights: everything is allowed.</summary>
    public static Grant All { get; } = new(Caller.Unknown, []);

    /// <summary>The largest body, in bytes; null for any.</summary>
    public long? MaxBytes => Rights.Min(static right => right.MaxBytes);

    /// <summary>The accepted media types; null for any.</summary>
    public MediaTypePolicy? MediaTypes => Rights.Aggregate(
        default(MediaTypePolicy?), static (all, right) => MediaTypePolicy.Both(all, right.MediaTypes));

    /// <summary>The rights that count bytes.</summary>
    public IEnumerable<Right> Counted => Rights.Where(static right => right.BytesPerDay is not null);

    /// <summary>Both together.</summary>
    public Grant With(Grant other) => Rights.Count == 0 ? other : this with { Rights = [.. Rights.Union(other.Rights)] };
}
