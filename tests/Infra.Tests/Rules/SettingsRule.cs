using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Hosting;
using Sluice.AspNetCore.Routes;
using Sluice.Events;
using Sluice.Server.Settings;
using Sluice.Settings;

namespace Infra.Tests.Rules;

/// <summary>The app starts with its settings: the start-up check of the product itself looks at each name and value.</summary>
internal static partial class SettingsRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
    [
        .. from setting in Ours(snapshot)
           where setting.Value is null
           select $"{setting.Key} has a value that can't be known before the deployment.",
        .. from setting in Settings.Of(snapshot)
           where !Name().IsMatch(setting.Key)
           select $"{setting.Key} is no name that Linux takes: letters, digits, periods and underscores.",
        .. from setting in Ours(snapshot)
           where !Sections(snapshot).Any(section => Key(setting.Key).StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase))
           select $"{setting.Key} is in no section that Sluice has.",
        .. StartUp(snapshot),
    ];

    /// <summary>The product's services, with the settings bound.</summary>
    public static ServiceProvider Services(JsonNode snapshot)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Ours(snapshot).Select(static setting => KeyValuePair.Create(Key(setting.Key), setting.Value)))
            .Build();
        var services = new ServiceCollection().AddLogging().AddSluice(configuration).AddSluiceEvents();
        if (Settings.IsServer(snapshot))
        {
            services.AddSluiceSection<ServerOptions>(configuration, ServerOptions.Section)
                .Validate(
                    static options => options.Keys.Count + options.NamedKeys.Count > 0,
                    "Sluice:Server:Keys is empty: the server would not start.");
        }

        return services.BuildServiceProvider();
    }

    private static IEnumerable<string> StartUp(JsonNode snapshot)
    {
        using var services = Services(snapshot);
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException one)
        {
            return one.Failures;
        }
        catch (AggregateException several)
        {
            return several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(static one => one.Failures).Distinct();
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Ours(JsonNode snapshot) =>
        Settings.Of(snapshot).Where(static setting => setting.Key.StartsWith("Sluice", StringComparison.OrdinalIgnoreCase));

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static IEnumerable<string> Sections(JsonNode snapshot) =>
        from assembly in new[] { typeof(BlobOptions).Assembly, typeof(SluiceRoutes).Assembly, typeof(ServerOptions).Assembly }
        where assembly != typeof(ServerOptions).Assembly || Settings.IsServer(snapshot)
        from type in assembly.GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        where section is { IsLiteral: true } && section.FieldType == typeof(string)
        select (string)section.GetRawConstantValue()!;

    [GeneratedRegex("^[A-Za-z0-9_.]+$")]
    private static partial Regex Name();
}
