namespace Sluice.Names;

/// <summary>
/// Azure's rules for container names
/// (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata#container-names).
/// </summary>
internal static class ContainerName
{
    public const string Rule = "3 to 63 lowercase letters, digits and single hyphens, with a letter or digit at both ends";

    // The two with a dollar sign are Azure's own, for blobs without a container and for static sites.
    public static bool IsValid(string name) => name is "$root" or "$web"
        || (name.Length is >= 3 and <= 63
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && name[0] != '-' && name[^1] != '-'
            && !name.Contains("--", StringComparison.Ordinal));
}
