namespace Sluice.Settings;

/// <summary>A name that is open to clients, and the container that it refers to.</summary>
/// <param name="Name">The name that clients, rules, webhook sources and code use.</param>
/// <param name="Setting">Its place in the settings, which reveals neither the name nor the container.</param>
/// <param name="Container">The name of the container in its account.</param>
/// <param name="Account">The name of the account (<see cref="BlobOptions.Accounts"/>); null for the default one.</param>
internal sealed record ContainerPlace(string Name, string Setting, string Container, string? Account)
{
    /// <summary>Reads an alias: <c>CONTAINER</c> or <c>ACCOUNT/CONTAINER</c>. It is not checked.</summary>
    public static ContainerPlace OfAlias(string alias, string setting, string? value) => value?.LastIndexOf('/') switch
    {
        null => new(alias, setting, "", null),
        -1 => new(alias, setting, value, null),
        { } slash => new(alias, setting, value[(slash + 1)..], value[..slash]),
    };
}
