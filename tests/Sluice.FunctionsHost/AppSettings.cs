using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Sluice.FunctionsHost;

/// <summary>The app settings as the host itself reads them: the names ignore case, and double underscores are colons.</summary>
public sealed partial class AppSettings
{
    private readonly IConfigurationRoot _configuration;

    /// <summary>Reads them.</summary>
    /// <param name="settings">Names and values, as in <see cref="StandInHostSettings.AppSettings"/>.</param>
    public AppSettings(IReadOnlyDictionary<string, string> settings) =>
        _configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(Key(setting.Key), (string?)setting.Value)))
            .Build();

    /// <summary>A setting, with the settings below it.</summary>
    public IConfigurationSection Section(string name) => _configuration.GetSection(Key(name));

    /// <summary>Replaces each <c>%name%</c> by the setting of that name.</summary>
    /// <exception cref="InvalidOperationException">There is no such setting, or it is empty.</exception>
    public string Resolve(string text) => Reference().Replace(text, match => Value(match.Groups["name"].Value));

    /// <summary>Whether a setting disables the function: <c>AzureWebJobs.{name}.Disabled</c>.</summary>
    /// <remarks>https://learn.microsoft.com/azure/azure-functions/disable-function</remarks>
    public bool IsDisabled(string function) =>
        Section($"AzureWebJobs.{function}.Disabled").Value is { } value
        && (value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

    private string Value(string name) => Section(name).Value is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"The app setting '{name}' is not set.");

    private static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex Reference();
}
