using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.Server;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>Right settings, and what a host says of them after some were changed.</summary>
internal static class StartedSettings
{
    /// <summary>In every value of a test that may be a secret. It is in no message.</summary>
    public const string Secret = "hunter2";

    private static readonly Dictionary<string, string?> _right = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sluice:Blob:ConnectionString"] = "UseDevelopmentStorage=true",
        ["Sluice:Blob:Containers:0"] = "uploads",
        ["Sluice:Blob:Aliases:invoices"] = "other/data",
        ["Sluice:Blob:Accounts:other:Endpoint"] = "https://b.blob.core.windows.net",
        ["Sluice:Server:AllowAnonymous"] = "true",
        ["Sluice:Relay:Targets:a:Address"] = "https://erp.example",
    };

    /// <summary>One setting is wrong, and one line says so: its key, and that. Without its key if it begins with one.</summary>
    public static void AssertMistake(string key, string? value, string says)
    {
        var line = Assert.Single(
            Lines(new() { [$"Sluice:{key}"] = value }), line => line.Contains(says, StringComparison.Ordinal));

        Assert.StartsWith(
            says.StartsWith("Sluice:", StringComparison.Ordinal) ? says : $"Sluice:{key} {(says[0] == '\'' ? "is '" : says)}", line,
            StringComparison.Ordinal);
    }

    /// <summary>The lines that a host ends with; none if it starts.</summary>
    /// <param name="changes">What is changed; null takes a setting away.</param>
    public static List<string> Lines(Dictionary<string, string?> changes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            _right.Where(right => !changes.ContainsKey(right.Key)).Concat(changes.Where(static change => change.Value is not null)));
        builder.Services.AddSluice(builder.Configuration);
        SluiceServer.AddServerOptions(builder.Services, builder.Configuration);
        using var services = builder.Services.BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (Exception e) when (e is OptionsValidationException or AggregateException)
        {
            var lines = (e is AggregateException several ? several.InnerExceptions : [e])
                .SelectMany(static one => Assert.IsType<OptionsValidationException>(one).Failures)
                .Distinct()
                .ToList();
            Assert.All(lines, static line =>
            {
                Assert.Matches(@"^Sluice:[^ ]+( Key)? (\(rule '[^']*'\) )?(is|does) .*[.?)]$", line);
                Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', line);
            });
            return lines;
        }
    }
}
