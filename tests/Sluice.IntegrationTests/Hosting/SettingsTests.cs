using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Sluice.AspNetCore.Hosting;
using Sluice.Server.Settings;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>
/// Every setting with every kind of mistake, through the options as a host starts with them. A message is one line: the key, what is there
/// (of a secret only its kind), what must be there, and what to do.
/// </summary>
public sealed class SettingsTests
{
    private const string Secret = StartedSettings.Secret;

    // The key, the value (null takes the setting away), what the message has to say beside the key.
    public static TheoryData<string, string?, string> Mistakes => new()
    {
        // Which account
        { "Blob:ConnectionString", null, "Sluice:Blob:Endpoint is missing: set it to https://" },
        { "Blob:ConnectionString", "", "Sluice:Blob:Endpoint is missing: set it to https://" },
        { "Blob:ConnectionString", "  ", "Sluice:Blob:Endpoint is missing: set it to https://" },
        { "Blob:ConnectionString", Secret, "is a value of 7 characters that can't be parsed: it must be the connection string of a storage account" },
        { "Blob:ConnectionString", $"AccountKey={Secret}", "is a value of 18 characters that can't be parsed: it must be the connection string of a storage account" },
        { "Blob:ConnectionString", $"AccountName=a;AccountKey={Secret}!;EndpointSuffix=core.windows.net", "is a value of 65 characters that can't be parsed: it must be the connection string of a storage account" },
        { "Blob:ConnectionString", $"https://a.blob.core.windows.net?sig={Secret}", "is a URL: it must be the connection string of a storage account. Set the URL as Sluice:Blob:Endpoint" },
        { "Blob:Endpoint", "https://a.blob.core.windows.net", "is set, and so is Sluice:Blob:ConnectionString: only one of them may select the account. " },
        { "Blob:Endpoint", "myaccount", "is no URL: it must be an https URL" },
        { "Blob:Endpoint", "http://a.blob.core.windows.net", "is a URL of the scheme http: it must be an https URL" },
        { "Blob:Endpoint", "ftp://a.blob.core.windows.net", "is a URL of the scheme ftp: it must be an https URL" },
        { "Blob:Endpoint", $"https://a.blob.core.windows.net?sv=1&sig={Secret}", "is a URL with a query, which may be a shared access signature: it must be an https URL" },
        { "Blob:Endpoint", $"https://a:{Secret}@a.blob.core.windows.net", "is a URL with a user name: it must be an https URL" },
        { "Blob:Endpoint", "https://a.blob.core.windows.net#x", "is a URL with a fragment: it must be an https URL" },

        // Which containers
        { "Blob:Containers:1", "", "is empty: it must be the name of a container, 3 to 63 lowercase letters" },
        { "Blob:Containers:1", "up", "is 'up': it must be the name of a container, 3 to 63 lowercase letters" },
        { "Blob:Containers:1", "Uploads", "is 'Uploads': it must be the name of a container, 3 to 63 lowercase letters" },
        { "Blob:Containers:1", "up--loads", "is 'up--loads': it must be the name of a container, 3 to 63 lowercase letters" },
        { "Blob:Containers:1", "-uploads", "is '-uploads': it must be the name of a container, 3 to 63 lowercase letters" },
        { "Blob:Containers:1", "uploads/2026", "is 'uploads/2026': it must be the name of a container, 3 to 63 lowercase letters" },
        { "Blob:Containers", "uploads", "is a single value of 7 characters: it must be a list. Set Sluice:Blob:Containers:0" },

        // What contradicts
        { "Blob:BlockBytes", "100000", "is '100000': it must be a multiple of 65536. Round it." },
        { "Blob:BlockBytes", "104857600", "is '104857600': it must be at most Sluice:Memory:BudgetBytes (67108864)" },
        { "Limits:ClientAddressField", "no name", "is 'no name': it must be the name of a request header" },
        { "Shutdown:ReadinessDelay", "00:00:25", "is '00:00:25': it must be shorter than Sluice:Shutdown:GracePeriod (00:00:25), which includes it." },
        { "Server:Keys:0", Secret, "Sluice:Server:AllowAnonymous is true: it must be false or missing if Sluice:Server:Keys contains keys" },
        { "Relay:Targets:a:ClientCertificatePassword", Secret, "is set: it requires a ClientCertificatePath, which is missing." },

        { "Blob:Features:uploads:Tier", "Warm", "is 'Warm': it must be one of Hot, Cool, Cold, Archive." },
        { "Blob:Features:elsewhere:Tier", "Cool", "Sluice:Blob:Features:elsewhere is for a container that is not one of" },
        { "Blob:Features:uploads:DeleteAfterDays", "8", "is '8': it must be one of 1, 7, 30, 90, 365" },
        { "Blob:FeatureHeaders:0", "x-ms-lease-id", "is 'x-ms-lease-id': it must be one of x-ms-access-tier, x-ms-tags. Correct it." },
        { "Policy:Target", "b", "is 'b': not one of Sluice:Relay:Targets." },
        { "Policy:Target", "a", "Sluice:Policy:Secret is missing: it is whsec_ and 24 to 64 bytes in base64" },
        { "Policy:Secret", Secret, "Sluice:Policy:Target is missing: without it, Path and Secret have no effect." },
        { "Policy:Headers:0", "no name", "is 'no name': it must be the name of a header." },
        { "Policy:Headers:0", "x-functions-key", "is 'x-functions-key': it authenticates the caller to Sluice" },
        { "Policy:WhenDown", "7", "is '7': it must be one of Refuse, Accept." },

        // Who may call
        { "Server:AllowAnonymous", "perhaps", "is 'perhaps': it must be true or false" },
        { "Server:Keys:0", "", "is empty: it must be a key that callers send as x-functions-key." },
        { "Server:Keys:0", " ", "is empty: it must be a key that callers send as x-functions-key." },
        { "Server:Keys:0", $"sha256:{Secret}", "is not a hash: 'sha256:' must be followed by 64 hexadecimal digits" },
        { "Server:NamedKeys:ci", Secret, "is a single value of 7 characters: it must be a section." },
        { "Server:NamedKeys:ci:Keys", Secret, "is a single value of 7 characters: it must be a list." },
        { "Server:NamedKeys:ci:Keys:0", "", "is too short: it must have at least 16 characters." },
        { "Server:NamedKeys:ci:Keys:0", Secret, "is too short: it must have at least 16 characters." },
        { "Server:NamedKeys:ci:Keys:0", $"sha256:{Secret}", "is not a hash: 'sha256:' must be followed by 64 hexadecimal digits" },
        { "Server:NamedKeys:ci:Keys:0", $"{Secret}{Secret}{Secret}", "Sluice:Server:NamedKeys:ci:Scopes is empty: its keys would grant no access." },
        { "Server:NamedKeys:ci:Scopes:0", "write", "Sluice:Server:NamedKeys:ci:Keys is empty: set Sluice:Server:NamedKeys:ci:Keys:0" },
        { "Server:NamedKeys:ci:Scopes:0", "", "is not a scope: it must be one of read, list, write, delete, files, relay:{target}, hooks:" },
        { "Server:NamedKeys:ci:Scopes:0", Secret, "is not a scope: it must be one of read" },
        { "Server:NamedKeys:ci:Scopes:0", $"write:{Secret}", "is not a scope: it must be one of read" },
        { "Server:NamedKeys:ci:Scopes:0", "relay", "is not a scope: it must be one of read" },
        { "Server:NamedKeys:ci:Scopes:0", $"relay:{Secret}", "is not the name of anything configured: it has to name one of Sluice:Relay:Targets, or be relay:* for all." },
        { "Server:NamedKeys:ci:Scopes:0", "hooks:", "is not the name of anything configured: it has to name one of Sluice:Hooks:Sources, or be hooks:* for all." },
        { "Server:NamedKeys:ci:Scope:0", "write", "Sluice:Server:NamedKeys:ci:Scope is not a setting. Did you mean 'Scopes'?" },
        { "Server:Keys", Secret, "is a single value of 7 characters: it must be a list. Set Sluice:Server:Keys:0" },

        // What is hard to read
        { "Body:IdleTimeout", "30", "is '30.00:00:00': it must be between 00:00:00.0500000 and 01:00:00, hh:mm:ss; a number alone is days." },
        { "Shutdown:GracePeriod", "25", "is '25.00:00:00': it must be between 00:00:00 and 01:00:00, hh:mm:ss; a number alone is days." },
        { "Memory:BudgetBytes", "64 MiB", "is '64 MiB': it must be a whole number" },
        { "Body:MaxBytes", "1_000", "is '1_000': it must be a whole number" },
        { "Body:MaxBytes", "0", "is '0': it must be between 1 and 9223372036854775807." },

        // Targets
        { "Relay:Targets:a:Address", "", "is missing: it must be http(s)://host[:port][/path]" },
        { "Relay:Targets:a:Address", "erp", "is not a valid URL: it must be http(s)://host[:port][/path]" },
        { "Relay:Targets:a:Address", $"https://u:{Secret}@erp.example", "is not a valid URL: it must be http(s)://host[:port][/path]" },
        { "Relay:Targets:a:Address", $"https://erp.example?key={Secret}", "is not a valid URL: it must be http(s)://host[:port][/path]" },
        { "Relay:Targets:a:Methods:0", "CONNECT", "is 'CONNECT': it must be a method that can be relayed" },
        { "Relay:Targets:a:PathPrefixes:0", "/a/../b", "is '/a/../b': it must be a path without dots" },
        { "Relay:Targets:a:AddHeaders:X-Key", $"{Secret}\n", "is a value with characters that are not printable ASCII" },
        { "Relay:Targets:a:AddHeaders:X Key", Secret, "is not the name of a header" },
        { "Relay:Targets:a:AddHeaders", Secret, "is a single value of 7 characters: it must be a section." },
        { "Relay:Targets:a:RemoveHeaders:0", "X Y", "is 'X Y': it must be the name of a header" },
        { "Relay:Targets:a:TokenScope", " ", "is blank: it must be a scope" },
        { "Relay:Targets:a:ClientCertificatePath", "/nowhere/c.pfx", "is '/nowhere/c.pfx': it must be a PKCS#12 file, and there is no such file." },
        { "Relay:Targets:a:HttpVersion", "Http3", "is 'Http3': it must be one of Negotiate, Http11, Http2" },
        { "Relay:Targets:a:MaxBytes", "-1", "is '-1': it must be between 0 and 9223372036854775807." },
        { "Relay:Targets:a", Secret, "is a single value of 7 characters: it must be a section." },
        { "Relay:Targets", Secret, "is a single value of 7 characters: it must be a section." },

        // Rules
        { "Routes:0:Store:Container", "elsewhere", "is 'elsewhere': not one of Sluice:Blob:Containers or Sluice:Blob:Aliases." },
        { "Routes:0:When:MinLength", "much", "is 'much': it must be a whole number" },
        { "Blob:MediaTypes:Allow:0", "image", "Sluice:Blob:MediaTypes:Allow:0 is 'image'" },

        // What nobody reads
        { "Body:MaxByte", "1", "is not a setting. Did you mean 'MaxBytes'?" },
        { "Body:Nonsense", Secret, "is not a setting. Remove it, or correct its name." },
        { "Bodi:MaxBytes", "1", "Sluice:Bodi is not a setting. Did you mean 'Body'?" },
        { "Nonsense", Secret, "is not a setting. Remove it, or correct its name." },
        { "Shutdown:GracePeriods", "1", "is not a setting. Did you mean 'GracePeriod'?" },
        { "Health:CacheTimes", "1", "is not a setting. Did you mean 'CacheTime'?" },
    };

    // Every number and every time, with a text, with nothing, and just beyond both ends.
    public static TheoryData<string, string?, string> Numbers
    {
        get
        {
            var rows = new TheoryData<string, string?, string>();
            foreach (var (key, property) in Options())
            {
                var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                if (type == typeof(string) || type == typeof(Uri) || !SettingTypes.IsValue(type))
                    continue;
                var isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null;
                rows.Add(key, "soon", "is 'soon': it must be ");
                if (!isNullable)
                    rows.Add(key, "", "is empty: it must be ");
                if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
                    continue;
                foreach (var (bound, by) in ((object, int)[])[(range.Minimum, -1), (range.Maximum, 1)])
                {
                    if (Beyond(bound, by) is { } beyond)
                        rows.Add(key, beyond, "': it must be between ");
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    [MemberData(nameof(Numbers))]
    public void A_mistake_is_named_with_its_remedy_and_without_a_secret(string key, string? value, string says) =>
        StartedSettings.AssertMistake(key, value, says);

    [Fact]
    public void Every_setting_that_has_a_range_is_a_row() => Assert.Empty(
        Options().Where(
            static option => option.Property.PropertyType == typeof(TimeSpan) || option.Property.PropertyType == typeof(int)
                || option.Property.PropertyType == typeof(long))
            .Where(static option => option.Property.GetCustomAttribute<RangeAttribute>() is null)
            .Select(static option => option.Key));

    [Fact]
    public void Right_settings_are_right() => Assert.Empty(StartedSettings.Lines([]));

    [Fact]
    public void All_mistakes_are_named_at_once_those_that_depend_on_each_other_too()
    {
        var lines = StartedSettings.Lines(new()
        {
            ["Sluice:Blob:BlockBytes"] = "1",
            ["Sluice:Blob:Containers:1"] = "No",
            ["Sluice:Blob:Endpoint"] = "x",
            ["Sluice:Body:DrainBytes"] = "-1",
            ["Sluice:Body:IdleTimeout"] = "00:00:00",
            ["Sluice:Memory:BudgetBytes"] = "1",
            ["Sluice:Peek:WindowBytes"] = "x",
            ["Sluice:Server:AllowAnonymous"] = "x",
            ["Sluice:Shutdown:GracePeriod"] = "x",
            ["Sluice:Shutdown:ReadinessDelay"] = "y",
            ["Sluice:Relay:Targets:a:MaxBytes"] = "-1",
            ["Sluice:Relay:Targets:b:IdleTimeout"] = "x",
        });

        Assert.All(
            [
                "Blob:BlockBytes", "Blob:Containers:1", "Blob:Endpoint", "Body:DrainBytes", "Body:IdleTimeout", "Memory:BudgetBytes",
                "Peek:WindowBytes", "Server:AllowAnonymous", "Shutdown:GracePeriod", "Shutdown:ReadinessDelay",
                "Relay:Targets:b:IdleTimeout"
            ],
            key => Assert.Contains(lines, line => line.StartsWith($"Sluice:{key} ", StringComparison.Ordinal)));
        Assert.Equal(lines, lines.Distinct());
    }

    private static IEnumerable<(string Key, PropertyInfo Property)> Options() =>
        from section in ((string, Type)[])
        [
            ("Blob", typeof(BlobOptions)), ("Body", typeof(BodyOptions)), ("Memory", typeof(MemoryOptions)), ("Peek", typeof(PeekOptions)),
            ("Shutdown", typeof(ShutdownOptions)), ("Health", typeof(HealthOptions)), ("Limits", typeof(LimitOptions)),
            ("Server", typeof(ServerOptions)), ("Relay:Targets:a", typeof(RelayTargetOptions)),
        ]
        from property in section.Item2.GetProperties()
        select ($"{section.Item1}:{property.Name}", property);

    private static string? Beyond(object bound, int by) => bound switch
    {
        TimeSpan time when time + TimeSpan.FromMilliseconds(by) is var beyond => beyond.ToString("c", CultureInfo.InvariantCulture),
        int number => $"{number + by}",
        double and >= long.MaxValue => null,
        double number => ((long)number + by).ToString(CultureInfo.InvariantCulture),
        string text => (TimeSpan.Parse(text, CultureInfo.InvariantCulture) + TimeSpan.FromMilliseconds(by)).ToString(
            "c", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(bound.GetType().Name),
    };
}
