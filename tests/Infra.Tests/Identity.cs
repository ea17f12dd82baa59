namespace Infra.Tests;

/// <summary>The identities of an app.</summary>
internal static class Identity
{
    public static IReadOnlyList<string> Ids(JsonNode app) =>
        [.. app["identity"]?["userAssignedIdentities"]?.AsObject().Select(static identity => identity.Key) ?? []];
}
