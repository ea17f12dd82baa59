using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.AspNetCore;
using Sluice.Settings;

namespace FunctionsApp.Tests;

/// <summary>local.settings.sample.json starts the function app on a desk, and has no setting that nobody reads.</summary>
public sealed class LocalSettingsTests
{
    [Fact]
    public void It_is_a_plain_file_for_an_isolated_worker()
    {
        Assert.False((bool)HostFiles.LocalSettings["IsEncrypted"]!);
        Assert.Equal("dotnet-isolated", HostFiles.AppSettings["FUNCTIONS_WORKER_RUNTIME"]);
    }

    [Fact]
    public void Every_setting_of_ours_is_a_property_of_our_options() => Assert.Empty(Unknown(HostFiles.Settings()));

    [Theory]
    [InlineData("Sluice:Blob:ConnectionStrin")]
    [InlineData("Sluice:Blobs:ConnectionString")]
    [InlineData("Sluice:Blob:Containers:0:Name")]
    public void A_setting_that_nobody_reads_is_noticed(string key) =>
        Assert.Equal([key], Unknown([KeyValuePair.Create(key, (string?)"x")]));

    [Fact]
    public void Sluice_starts_with_it()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(HostFiles.Settings()).Build();
        using var services = new ServiceCollection().AddLogging().AddSluice(configuration).BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(["uploads"], services.GetRequiredService<IOptions<BlobOptions>>().Value.Containers);
    }

    // Over this limit the client gets 500 from the host, not 413 from Sluice, so it lies above anything that Sluice accepts: 50,000 blocks
    // of 4,000 MiB, and the framing of a chunked body counts too. HttpRequestBodySizeMiddleware in
    // https://github.com/Azure/azure-functions-host parses it as a long and ignores what is not one.
    [Fact]
    public void The_limit_of_the_host_is_above_that_of_Sluice()
    {
        var limit = long.Parse(HostFiles.AppSettings["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"], NumberStyles.None, CultureInfo.InvariantCulture);

        Assert.True(limit > 50_000 * (4_000L << 20) * 2);
    }

    private static IEnumerable<string> Unknown(IEnumerable<KeyValuePair<string, string?>> settings) =>
        from setting in settings
        where setting.Key.StartsWith("Sluice:", StringComparison.Ordinal) && !OptionsTypes().Any(options => Takes(options, setting))
        select setting.Key;

    /// <summary>The binder itself decides: it refuses keys that are no property.</summary>
    private static bool Takes(Type options, KeyValuePair<string, string?> setting)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([setting]).Build().GetSection(Section(options)!);
        if (!section.Exists())
        {
            return false;
        }

        try
        {
            section.Bind(Activator.CreateInstance(options)!, binder => binder.ErrorOnUnknownConfiguration = true);
            return setting.Key.Split(':').Skip(Section(options)!.Split(':').Length + 1).All(part => int.TryParse(part, out _));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static IEnumerable<Type> OptionsTypes() =>
        from assembly in new[] { typeof(BlobOptions).Assembly, typeof(SluiceRoutes).Assembly }
        from type in assembly.GetExportedTypes()
        where Section(type) is not null
        select type;

    private static string? Section(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
            ? (string?)field.GetRawConstantValue()
            : null;
}
