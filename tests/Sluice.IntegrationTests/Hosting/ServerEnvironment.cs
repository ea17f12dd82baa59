using System.Collections;
using System.Diagnostics;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The environment variables of a server under test: those of a fresh machine, plus its settings.</summary>
internal static class ServerEnvironment
{
    // The runtime's knobs would change what is measured, and settings of the developer's shell what is tested. The
    // test platform's and MSBuild's are dropped with them. A proxy would be asked for Azurite's 127.0.0.1.
    private static readonly string[] _dropped =
    [
        "DOTNET_", "COMPlus_", "CORECLR_", "ASPNETCORE_", "AZURE_", "Sluice__", "Logging__", "Kestrel__", "AllowedHosts", "URLS",
        "HTTP_PORTS", "OTEL_", "APPLICATIONINSIGHTS_", "HTTPS_PORTS", "MSBUILD", "TESTINGPLATFORM_", "XUNIT_", "VSTEST_", "HTTP_PROXY",
        "HTTPS_PROXY", "ALL_PROXY",
    ];

    /// <summary>
    /// No warm-up, and what ReadyToRun has not compiled is compiled quickly, and again only where a server has been busy with it for a
    /// while: 0.6 s of processor time up to the second request, instead of 0.9 s with what ships and no warm-up.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> QuickStart { get; } =
    [
        new("Sluice:WarmUp:Enabled", "false"),
        new("DOTNET_TieredCompilation", "1"),
        new("DOTNET_TieredPGO", "0"),
        new("DOTNET_TC_CallCountingDelayMs", "4000"),
    ];

    /// <summary>Time-outs that honest traffic keeps however busy the machine is. A test that is about one sets its own.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Patience { get; } =
    [
        new("Sluice:Blob:StallTimeout", "00:02:00"),
        new("Sluice:Body:IdleTimeout", "00:02:00"),
        new("Sluice:Body:DrainTimeout", "00:02:00"),
        new("Sluice:Health:Timeout", "00:01:00"),
        new("Sluice:Memory:WaitTimeout", "00:02:00"),
    ];

    public static void Apply(ServerSettings settings, ProcessStartInfo start)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (_dropped.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove(name);
        }
        foreach (var (key, value) in Of(settings))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
    }

    /// <summary>What of the settings is no matter of the host.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfWorker(ServerSettings settings) => Of(settings)
        .Where(
            static setting => !setting.Key.StartsWith("Kestrel:", StringComparison.Ordinal)
                && !setting.Key.StartsWith("Sluice:Server:", StringComparison.Ordinal)
                && !setting.Key.StartsWith("Logging:", StringComparison.Ordinal)
                && setting.Key is not ("Urls" or "ASPNETCORE_ENVIRONMENT" or "DOTNET_ENVIRONMENT"));

    private static IEnumerable<KeyValuePair<string, string>> Of(ServerSettings settings)
    {
        yield return new("ASPNETCORE_ENVIRONMENT", settings.Environment);
        yield return new("DOTNET_ENVIRONMENT", settings.Environment);
        // The lines that say where it listens.
        yield return new("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information");
        if (!settings.More.Keys.Any(static key => key.StartsWith("Kestrel:Endpoints:", StringComparison.OrdinalIgnoreCase)))
            yield return new("Urls", "http://127.0.0.1:0");
        if (settings.AllowAnonymous)
            yield return new("Sluice:Server:AllowAnonymous", "true");
        if (settings.ConnectionString is { } connectionString)
            yield return new("Sluice:Blob:ConnectionString", connectionString);
        if (!settings.IsMeasured)
        {
            foreach (var setting in QuickStart)
                yield return setting;
        }

        for (var i = 0; i < settings.Containers.Count; i++)
            yield return new($"Sluice:Blob:Containers:{i}", settings.Containers[i]);
        foreach (var setting in Patience.Where(setting => !settings.More.ContainsKey(setting.Key)).Concat(settings.More))
            yield return setting;
    }
}
