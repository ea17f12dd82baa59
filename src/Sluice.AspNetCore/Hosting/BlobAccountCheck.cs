using System.Buffers;
using Azure.Storage.Blobs;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks how the storage accounts are selected: the default one and those with a name.</summary>
internal static class BlobAccountCheck
{
    // What DefaultAzureCredential accepts.
    private static readonly SearchValues<char> TenantCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.");

    /// <summary>One sentence for each problem.</summary>
    public static IEnumerable<string> Problems(BlobOptions options)
    {
        // Without any container, whichever is meant will be in the default account.
        var places = options.AllPlaces.ToList();
        var isDefaultUsed = places.Count == 0 || places.Exists(static place => place.Account is null);
        foreach (var problem in Account(
            BlobOptions.Section, new() { Endpoint = options.Endpoint, ConnectionString = options.ConnectionString }, isDefaultUsed))
        {
            yield return problem;
        }

        foreach (var (name, account) in options.Accounts)
        {
            var section = $"{BlobOptions.Section}:{nameof(BlobOptions.Accounts)}:{name}";
            if (!places.Exists(place => string.Equals(place.Account, name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"{section} is used by no entry of Sluice:Blob:Aliases: one must be {name}/CONTAINER. Add it, "
                    + "or remove the account.";
            }

            foreach (var problem in Account(section, account ?? new(), isUsed: true).Concat(SignIn(section, account ?? new())))
            {
                yield return problem;
            }
        }
    }

    // Neither value is shown: a connection string contains a key, and an endpoint may contain a shared access signature.
    private static IEnumerable<string> Account(string section, BlobAccountOptions account, bool isUsed)
    {
        var connectionString = string.IsNullOrWhiteSpace(account.ConnectionString) ? null : account.ConnectionString;
        if (account.Endpoint is null && connectionString is null && isUsed)
        {
            yield return $"{section}:Endpoint is missing: set it to https://ACCOUNT.blob.core.windows.net, "
                + $"or set {section}:ConnectionString (UseDevelopmentStorage=true for Azurite).";
        }

        if (account.Endpoint is not null && connectionString is not null)
        {
            yield return $"{section}:Endpoint is set, and so is {section}:ConnectionString: only one of them may select the account. "
                + "Remove one of the two, or set it to an empty value.";
        }

        if (connectionString is not null && !IsConnectionString(connectionString))
        {
            yield return Uri.TryCreate(connectionString, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? $"{section}:ConnectionString is a URL: it must be the connection string of a storage account. "
                    + $"Set the URL as {section}:Endpoint instead."
                : $"{section}:ConnectionString is a value of {connectionString.Length} characters that can't be parsed: "
                    + "it must be the connection string of a storage account (AccountName=…;AccountKey=…), "
                    + "or UseDevelopmentStorage=true. Copy all of it.";
        }

        // Every request carries a token, so the SDK accepts no other scheme.
        var what = account.Endpoint switch
        {
            null => null,
            { IsAbsoluteUri: false } => "no URL",
            { Scheme: not "https" and var scheme } => $"a URL of the scheme {scheme}",
            { UserInfo: not "" } => "a URL with a user name",
            { Query: not "" } => "a URL with a query, which may be a shared access signature",
            { Fragment: not "" } => "a URL with a fragment",
            _ => null,
        };
        if (what is not null)
        {
            yield return $"{section}:Endpoint is {what}: it must be an https URL, such as https://ACCOUNT.blob.core.windows.net, "
                + $"and nothing else. For an emulator without TLS, or a shared access signature, set {section}:ConnectionString.";
        }
    }

    private static IEnumerable<string> SignIn(string section, BlobAccountOptions account)
    {
        foreach (var (key, value) in ((string, string?)[])
            [(nameof(account.TenantId), account.TenantId), (nameof(account.ClientId), account.ClientId)])
        {
            if (!string.IsNullOrEmpty(value) && !string.IsNullOrWhiteSpace(account.ConnectionString))
            {
                yield return $"{section}:{key} is set, and so is {section}:ConnectionString, with which nobody signs in. "
                    + "Remove one of the two.";
            }
        }

        if (account.TenantId is { Length: > 0 } tenant && tenant.AsSpan().ContainsAnyExcept(TenantCharacters))
        {
            yield return $"{section}:TenantId is '{Redaction.Short(tenant)}': it must be the ID of a tenant, or a domain of it. "
                + "Correct it.";
        }

        if (account.ClientId is { Length: > 0 } client && !Guid.TryParse(client, out _))
        {
            yield return $"{section}:ClientId is '{Redaction.Short(client)}': it must be the client ID of an identity, "
                + "such as 00000000-0000-0000-0000-000000000000, not its name or resource ID. Correct it.";
        }
    }

    private static bool IsConnectionString(string value)
    {
        try
        {
            _ = new BlobServiceClient(value);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
