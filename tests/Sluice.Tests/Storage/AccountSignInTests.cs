using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

/// <summary>An account signs in as the app does, except for what it names itself.</summary>
public sealed class AccountSignInTests
{
    private const string Id = "00000000-0000-0000-0000-000000000001";

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    public void An_account_that_names_nothing_uses_the_sign_in_of_the_app(string? tenant, string? client) =>
        Assert.Null(AccountSignIn.CredentialOf(new() { TenantId = tenant, ClientId = client }));

    [Fact]
    public void A_tenant_changes_nothing_but_the_tenant()
    {
        var byDefault = new Azure.Identity.DefaultAzureCredentialOptions();
        var options = AccountSignIn.OptionsOf(new() { TenantId = "contoso.com" })!;

        Assert.Equal("contoso.com", options.TenantId);
        Assert.Equal(
            (byDefault.ManagedIdentityClientId, byDefault.WorkloadIdentityClientId, false),
            (options.ManagedIdentityClientId, options.WorkloadIdentityClientId, options.ExcludeEnvironmentCredential));
    }

    [Fact]
    public void An_identity_is_used_instead_of_any_other_that_the_environment_names()
    {
        var options = AccountSignIn.OptionsOf(new() { ClientId = Id })!;

        Assert.Equal(new Azure.Identity.DefaultAzureCredentialOptions().TenantId, options.TenantId);
        Assert.Equal(
            (Id, Id, true), (options.ManagedIdentityClientId, options.WorkloadIdentityClientId, options.ExcludeEnvironmentCredential));
    }

    [Fact]
    public void Each_account_has_a_credential_of_its_own()
    {
        var account = new BlobAccountOptions { TenantId = Id, ClientId = Id };

        Assert.NotSame(AccountSignIn.CredentialOf(account), AccountSignIn.CredentialOf(account));
    }
}
