using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Routes;

/// <summary>
/// The scope that a caller's key needs for a route: metadata of each endpoint that <see cref="SluiceBuilderExtensions.MapSluice"/> maps and
/// that is not anonymous, for the host's authorization. docs/operations.md has the table.
/// </summary>
/// <param name="Name">The scope, or its prefix, before a colon and a name.</param>
/// <param name="RouteValue">The route value that is the name; null if the scope has none.</param>
internal sealed record RequiredScope(string Name, string? RouteValue = null)
{
    /// <summary>In place of a name: matches every name.</summary>
    public const string Any = "*";

    /// <summary>Reads blobs back.</summary>
    public static RequiredScope Read { get; } = new("read");

    /// <summary>Lists the names of blobs.</summary>
    public static RequiredScope List { get; } = new("list");

    /// <summary>Stores bodies, forms, and what the rules of <c>/api/ingest</c> accept; peeks at bodies.</summary>
    public static RequiredScope Write { get; } = new("write");

    /// <summary>Deletes blobs.</summary>
    public static RequiredScope Delete { get; } = new("delete");

    /// <summary>Resumable uploads.</summary>
    public static RequiredScope Files { get; } = new("files");

    /// <summary>Relays requests to one target: <c>relay:{target}</c>.</summary>
    public static RequiredScope Relay { get; } = new("relay", "target");

    /// <summary>Delivers webhooks of one source: <c>hooks:{source}</c>.</summary>
    public static RequiredScope Hooks { get; } = new("hooks", "source");

    /// <summary>Everything.</summary>
    public static RequiredScope Admin { get; } = new("admin");

    /// <summary>All scopes.</summary>
    public static IReadOnlyList<RequiredScope> All { get; } = [Read, List, Write, Delete, Files, Relay, Hooks, Admin];

    /// <summary>Whether the granted scopes, compared without case, allow the request.</summary>
    /// <param name="granted">The scopes of the caller's key.</param>
    /// <param name="request">The request, after routing.</param>
    public bool IsGranted(IReadOnlySet<string> granted, HttpRequest request) =>
        granted.Contains(Admin.Name)
        || (RouteValue is null
            ? granted.Contains(Name)
            : granted.Contains($"{Name}:{Any}")
                || (request.RouteValues[RouteValue] is string name && name != Any && granted.Contains($"{Name}:{name}")));

    /// <summary>The scope as it is written in settings.</summary>
    public override string ToString() => RouteValue is null ? Name : $"{Name}:{{{RouteValue}}}";
}
