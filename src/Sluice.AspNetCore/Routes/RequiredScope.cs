using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Routes;

/// <summary>
/// What the key of a caller has to open for a route: metadata of each endpoint that <see cref="SluiceBuilderExtensions.MapSluice"/> maps, and that is not
/// anonymous, for whoever checks callers. docs/operations.md has the table.
/// </summary>
/// <param name="Name">The scope; or what it begins with, before a colon and a name.</param>
/// <param name="RouteValue">The part of the route that is the name; null where the scope has none.</param>
public sealed record RequiredScope(string Name, string? RouteValue = null)
{
    /// <summary>In place of a name: all of them.</summary>
    public const string Any = "*";

    /// <summary>Reads blobs back.</summary>
    public static RequiredScope Read { get; } = new("read");

    /// <summary>Stores bodies, forms, and what the rules of <c>/api/ingest</c> take; asks what would become of one.</summary>
    public static RequiredScope Write { get; } = new("write");

    /// <summary>Resumable uploads, and their page.</summary>
    public static RequiredScope Files { get; } = new("files");

    /// <summary>Sends requests on to one target: <c>relay:{target}</c>.</summary>
    public static RequiredScope Relay { get; } = new("relay", "target");

    /// <summary>Delivers webhooks of one source: <c>hooks:{source}</c>.</summary>
    public static RequiredScope Hooks { get; } = new("hooks", "source");

    /// <summary>Everything.</summary>
    public static RequiredScope Admin { get; } = new("admin");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RequiredScope> All { get; } = [Read, Write, Files, Relay, Hooks, Admin];

    /// <summary>Whether scopes that were granted, compared without case, open the request.</summary>
    /// <param name="granted">The scopes of the caller's key.</param>
    /// <param name="request">The request, after routing.</param>
    public bool IsGranted(IReadOnlySet<string> granted, HttpRequest request) =>
        granted.Contains(Admin.Name)
        || (RouteValue is null
            ? granted.Contains(Name)
            : granted.Contains($"{Name}:{Any}") || (request.RouteValues[RouteValue] is string name && name != Any && granted.Contains($"{Name}:{name}")));

    /// <summary>As it is written in settings.</summary>
    public override string ToString() => RouteValue is null ? Name : $"{Name}:{{{RouteValue}}}";
}
