using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Aliases;

/// <summary>Mistakes in the settings of aliases and accounts, as <see cref="SettingsTests"/> has them of the others.</summary>
public sealed class AccountSettingsTests
{
    private const string Secret = StartedSettings.Secret;

    // The key, the value (null takes the setting away), what the message has to say beside the key.
    public static TheoryData<string, string?, string> Mistakes => new()
    {
        // Which aliases
        { "Blob:Aliases", "invoices", "is a single value of 8 characters: it must be a section. Set Sluice:Blob:Aliases:NAME" },
        { "Blob:Aliases:invoices", "", "is empty: it must be CONTAINER or ACCOUNT/CONTAINER. Set it, or remove it." },
        { "Blob:Aliases:bills", " ", "is empty: it must be CONTAINER or ACCOUNT/CONTAINER. Set it, or remove it." },
        { "Blob:Aliases:bills", "No", "is 'No': it must be CONTAINER or ACCOUNT/CONTAINER, and a container has 3 to 63 lowercase letters" },
        { "Blob:Aliases:bills", "other/", "is 'other/': it must be CONTAINER or ACCOUNT/CONTAINER, and a container has 3 to 63 lowercase letters" },
        { "Blob:Aliases:bills", "/data", "is '/data': it must be CONTAINER or ACCOUNT/CONTAINER, and a container has 3 to 63 lowercase letters" },
        { "Blob:Aliases:bills", "another/data", "is 'another/data': there is no Sluice:Blob:Accounts:another. Add the account, or correct its name." },
        { "Blob:Aliases:bills", $"https://b.blob.core.windows.net/data?sig={Secret}", "is a value of 48 characters that is a URL, a connection string or the like: it must be CONTAINER or ACCOUNT/CONTAINER." },
        { "Blob:Aliases:bills", $"AccountName=b;AccountKey={Secret}/data", "is a value of 37 characters that is a URL, a connection string or the like: it must be CONTAINER or ACCOUNT/CONTAINER." },
        { "Blob:Aliases:No", "data", "is not named like a container: its name must be 3 to 63 lowercase letters" },
        { "Blob:Aliases:uploads", "data", "is set, and so is Sluice:Blob:Containers:0 to the same name: only one of them may define it. Remove one of the two." },
        { "Blob:Aliases:bills:Container", "data", "is not a setting. Remove it, or correct its name." },

        // Which other accounts
        { "Blob:Accounts:other:Endpoint", null, "Sluice:Blob:Aliases:invoices is 'other/data': there is no Sluice:Blob:Accounts:other." },
        { "Blob:Accounts:other:Endpoint", "", "is missing: set it to https://ACCOUNT.blob.core.windows.net, or set Sluice:Blob:Accounts:other:ConnectionString" },
        { "Blob:Accounts:other:Endpoint", "http://b.blob.core.windows.net", "is a URL of the scheme http: it must be an https URL" },
        { "Blob:Accounts:other:Endpoint", $"https://b.blob.core.windows.net?sig={Secret}", "is a URL with a query, which may be a shared access signature: it must be an https URL" },
        { "Blob:Accounts:other:ConnectionString", "UseDevelopmentStorage=true", "Sluice:Blob:Accounts:other:Endpoint is set, and so is Sluice:Blob:Accounts:other:ConnectionString: only one of them may select the account. " },
        { "Blob:Accounts:other:ConnectionString", Secret, "is a value of 7 characters that can't be parsed: it must be the connection string of a storage account" },
        { "Blob:Accounts:other:ConnectionString", $"https://b.blob.core.windows.net?sig={Secret}", "is a URL: it must be the connection string of a storage account. Set the URL as Sluice:Blob:Accounts:other:Endpoint" },
        { "Blob:Accounts:other:TenantId", "a tenant", "is 'a tenant': it must be the ID of a tenant, or a domain of it. Correct it." },
        { "Blob:Accounts:other:ClientId", "sluice", "is 'sluice': it must be the client ID of an identity, such as 00000000-" },
        { "Blob:Accounts:other:Tenant", "contoso.com", "is not a setting. Did you mean 'TenantId'?" },
        { "Blob:Accounts:other", Secret, "is a single value of 7 characters: it must be a section." },
        { "Blob:Accounts:unused:Endpoint", "https://b.blob.core.windows.net", "Sluice:Blob:Accounts:unused is used by no entry of Sluice:Blob:Aliases: one must be unused/CONTAINER. Add it, or remove the account." },
    };

    public static TheoryData<string, Dictionary<string, string?>> Contradictions => new()
    {
        {
            "Sluice:Blob:Containers is empty: set Sluice:Blob:Containers:0 to the name of a container, or Sluice:Blob:Aliases:NAME to CONTAINER or ACCOUNT/CONTAINER.",
            new()
            {
                ["Sluice:Blob:Containers:0"] = null,
                ["Sluice:Blob:Aliases:invoices"] = null,
                ["Sluice:Blob:Accounts:other:Endpoint"] = null,
            }
        },
        {
            "Sluice:Blob:Accounts:other:TenantId is set, and so is Sluice:Blob:Accounts:other:ConnectionString, with which nobody signs in. Remove one of the two.",
            new()
            {
                ["Sluice:Blob:Accounts:other:Endpoint"] = null,
                ["Sluice:Blob:Accounts:other:ConnectionString"] = "UseDevelopmentStorage=true",
                ["Sluice:Blob:Accounts:other:TenantId"] = "contoso.com",
            }
        },
        {
            "Sluice:Blob:Accounts:other:ClientId is set, and so is Sluice:Blob:Accounts:other:ConnectionString, with which nobody signs in. Remove one of the two.",
            new()
            {
                ["Sluice:Blob:Accounts:other:Endpoint"] = null,
                ["Sluice:Blob:Accounts:other:ConnectionString"] = "UseDevelopmentStorage=true",
                ["Sluice:Blob:Accounts:other:ClientId"] = "00000000-0000-0000-0000-000000000001",
            }
        },
        {
            "Sluice:Resumable:Container is 'data': not one of Sluice:Blob:Containers or Sluice:Blob:Aliases.",
            new() { ["Sluice:Resumable:Container"] = "data" }
        },
        {
            "Sluice:Resumable:Container is missing: without Sluice:Blob:Containers, it must name one of Sluice:Blob:Aliases. Set it.",
            new()
            {
                ["Sluice:Blob:Containers:0"] = null,
                ["Sluice:Blob:Aliases:bills"] = "data",
                ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
            }
        },
        {
            "Sluice:Blob:Endpoint is missing: set it to https://ACCOUNT.blob.core.windows.net, or set Sluice:Blob:ConnectionString (UseDevelopmentStorage=true for Azurite).",
            new()
            {
                ["Sluice:Blob:ConnectionString"] = null,
                ["Sluice:Blob:Containers:0"] = null,
                ["Sluice:Blob:Aliases:bills"] = "data",
            }
        },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Settings_that_contradict_each_other_are_one_line(string line, Dictionary<string, string?> changes) =>
        Assert.Equal([line], StartedSettings.Lines(changes));

    public static TheoryData<Dictionary<string, string?>> Right => new()
    {
        new Dictionary<string, string?>(),

        // Nothing is in the default account.
        new Dictionary<string, string?> { ["Sluice:Blob:ConnectionString"] = null, ["Sluice:Blob:Containers:0"] = null },

        // Only aliases, one of which is in the default account. Which of them takes resumable uploads is said.
        new Dictionary<string, string?>
        {
            ["Sluice:Blob:Containers:0"] = null,
            ["Sluice:Blob:Aliases:bills"] = "data",
            ["Sluice:Resumable:Container"] = "bills",
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
        },

        // One alias is the first.
        new Dictionary<string, string?>
        {
            ["Sluice:Blob:Containers:0"] = null,
            ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]),
        },

        // Names of accounts are in any case, as keys are. An empty value is none.
        new Dictionary<string, string?>
        {
            ["Sluice:Blob:Aliases:invoices"] = "OTHER/data",
            ["Sluice:Blob:Aliases:bills"] = "other/data",
            ["Sluice:Blob:Accounts:other:ConnectionString"] = "",
            ["Sluice:Blob:Accounts:other:TenantId"] = "contoso.com",
            ["Sluice:Blob:Accounts:other:ClientId"] = "00000000-0000-0000-0000-000000000001",
        },
        new Dictionary<string, string?>
        {
            ["Sluice:Blob:Accounts:other:Endpoint"] = "",
            ["Sluice:Blob:Accounts:other:ConnectionString"] = "UseDevelopmentStorage=true",
            ["Sluice:Blob:Accounts:other:TenantId"] = "",
            ["Sluice:Blob:Accounts:other:ClientId"] = "",
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_remedy_and_without_a_secret(string key, string? value, string says) =>
        StartedSettings.AssertMistake(key, value, says);

    [Theory]
    [MemberData(nameof(Right))]
    public void Right_settings_are_right(Dictionary<string, string?> changes) => Assert.Empty(StartedSettings.Lines(changes));
}
