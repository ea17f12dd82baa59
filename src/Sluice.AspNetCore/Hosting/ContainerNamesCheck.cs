using Sluice.Names;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the names that are open to clients, and the containers that they refer to.</summary>
internal static class ContainerNamesCheck
{
    private const string Containers = $"{BlobOptions.Section}:{nameof(BlobOptions.Containers)}";
    private const string Aliases = $"{BlobOptions.Section}:{nameof(BlobOptions.Aliases)}";
    private const string Accounts = $"{BlobOptions.Section}:{nameof(BlobOptions.Accounts)}";

    /// <summary>One sentence for each problem.</summary>
    public static IEnumerable<string> Problems(BlobOptions options)
    {
        if (options.Containers.Count == 0 && options.Aliases.Count == 0)
        {
            yield return $"{Containers} is empty: set {Containers}:0 to the name of a container, "
                + $"or {Aliases}:NAME to CONTAINER or ACCOUNT/CONTAINER.";
        }

        foreach (var (index, container) in options.Containers.Index()
            .Where(static container => !ContainerName.IsValid(container.Item ?? "")))
        {
            yield return string.IsNullOrEmpty(container)
                ? $"{Containers}:{index} is empty: it must be the name of a container, {ContainerName.Rule}. Set it, or remove it."
                : $"{Containers}:{index} is '{Redaction.Short(container)}': it must be the name of a container, {ContainerName.Rule}. "
                    + "Correct it.";
        }

        if (options.QuotaContainer is { Length: > 0 } quota)
        {
            const string key = $"{BlobOptions.Section}:{nameof(BlobOptions.QuotaContainer)}";
            if (!ContainerName.IsValid(quota))
            {
                yield return $"{key} is '{Redaction.Short(quota)}': it must be the name of a container, {ContainerName.Rule}. Correct it.";
            }

            if (options.Containers.Contains(quota) || options.Aliases.ContainsKey(quota)
                || options.Aliases.Values.Any(place => quota.Equals(place, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"{key} is '{Redaction.Short(quota)}': clients could change what is counted there, because {Containers} or "
                    + $"{Aliases} open it. Use another container.";
            }
        }

        foreach (var (alias, value) in options.Aliases)
        {
            var key = $"{Aliases}:{alias}";
            if (!ContainerName.IsValid(alias))
            {
                yield return $"{key} is not named like a container: its name must be {ContainerName.Rule}. Rename it.";
            }

            if (options.Containers.IndexOf(alias) is >= 0 and var index)
            {
                yield return $"{key} is set, and so is {Containers}:{index} to the same name: only one of them may define it. "
                    + "Remove one of the two.";
            }

            if (Problem(options, alias, value) is { } problem)
            {
                yield return $"{key} is {problem}";
            }
        }
    }

    private static string? Problem(BlobOptions options, string alias, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return "empty: it must be CONTAINER or ACCOUNT/CONTAINER. Set it, or remove it.";
        }

        // A URL may contain a signature, and a connection string a key.
        if (value.AsSpan().ContainsAny("?:=;"))
        {
            return $"a value of {value.Length} characters that is a URL, a connection string or the like: "
                + $"it must be CONTAINER or ACCOUNT/CONTAINER. Set the account in {Accounts}, and its name here.";
        }

        var place = ContainerPlace.OfAlias(alias, "", value);
        return !ContainerName.IsValid(place.Container) || place.Account == ""
            ? $"'{Redaction.Short(value)}': it must be CONTAINER or ACCOUNT/CONTAINER, and a container has {ContainerName.Rule}. "
                + "Correct it."
            : place.Account is { } account && !options.Accounts.ContainsKey(account)
                ? $"'{Redaction.Short(value)}': there is no {Accounts}:{Redaction.Short(account)}. Add the account, or correct its name."
                : null;
    }
}
