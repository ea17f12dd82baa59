using Azure.Core;
using Azure.Identity;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>The sign-in of an account that names a tenant or an identity of its own.</summary>
internal static class AccountSignIn
{
    /// <summary>The credential for an account; null if it uses that of the app. It requests no token before it is used.</summary>
    public static TokenCredential? CredentialOf(BlobAccountOptions account) =>
        OptionsOf(account) is { } options ? new DefaultAzureCredential(options) : null;

    /// <summary>What differs from the app's own sign-in; null if nothing does.</summary>
    public static DefaultAzureCredentialOptions? OptionsOf(BlobAccountOptions account)
    {
        if (string.IsNullOrEmpty(account.TenantId) && string.IsNullOrEmpty(account.ClientId))
        {
            return null;
        }

        var options = new DefaultAzureCredentialOptions();
        if (account.TenantId is { Length: > 0 } tenant)
        {
            options.TenantId = tenant;
        }

        if (account.ClientId is { Length: > 0 } client)
        {
            options.ManagedIdentityClientId = client;
            options.WorkloadIdentityClientId = client;
            // It is first in line, and would sign in as AZURE_CLIENT_ID instead.
            options.ExcludeEnvironmentCredential = true;
        }

        return options;
    }
}
