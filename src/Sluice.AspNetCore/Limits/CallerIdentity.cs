using System.Security.Claims;
using Sluice.Callers;

namespace Sluice.AspNetCore.Limits;

/// <summary>The result of an authentication: a caller, and the claims that the app's own code sees.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    /// <summary>Makes it.</summary>
    /// <param name="caller">The caller; its address is not known yet.</param>
    /// <param name="scheme">What authenticated it.</param>
    /// <param name="claims">Its claims; null for its id alone, if it has one.</param>
    public CallerIdentity(Caller caller, string scheme, IEnumerable<Claim>? claims = null)
        : base(claims ?? (caller.IsIdentified ? [new Claim(ClaimTypes.Name, caller.Id)] : []), scheme) => Caller = caller;

    /// <summary>The caller.</summary>
    public Caller Caller { get; }

    /// <summary>Groups claims by their types, in the order in which they came.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Group(IEnumerable<(string Type, string Value)> claims) => claims
        .GroupBy(static claim => claim.Type, static claim => claim.Value, StringComparer.Ordinal)
        .ToDictionary(static type => type.Key, static type => (IReadOnlyList<string>)[.. type], StringComparer.Ordinal);
}
