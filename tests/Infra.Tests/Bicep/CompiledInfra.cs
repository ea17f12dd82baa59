using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Infra.Tests.CompiledInfra))]

namespace Infra.Tests;

/// <summary>infra/, compiled once for all tests, in a folder that is gone afterwards.</summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-infra-").FullName;
    private readonly ConcurrentDictionary<string, string> _said = [];

    /// <summary>What the compiler said: errors, warnings, notes of the linter.</summary>
    public string Complaints => Here(() => string.Concat(_said.Values));

    /// <summary>The files, as the formatter writes them.</summary>
    public IReadOnlyDictionary<string, string> Formatted => Here(() => Sources.Infra
        .Where(static name => Path.GetExtension(name) is ".bicep" or ".bicepparam")
        .ToDictionary(static name => name, name => File.ReadAllText(Path.Combine(_folder, "format", name))));

    /// <summary>The compiled template of a file that is deployed: <c>main</c>.</summary>
    public JsonNode Template(string name) => Here(() => Parse("build", $"infra/{name}.json"));

    /// <summary>What is deployed with a parameter file: all resources, with their values.</summary>
    public JsonNode Snapshot(string environment) => Here(() => Parse(environment, $"infra/environments/{environment}.snapshot.json"));

    // Each command has a copy of its own, since some of them write next to what they read. --no-restore: a module of a registry would be a
    // download.
    public async ValueTask InitializeAsync()
    {
        if (!BicepCli.IsHere)
        {
            return;
        }

        var snapshots = Sources.Environments.Select(static name => (Name: name, Arguments: (string[])
            ["snapshot", $"infra/environments/{name}.bicepparam", "--mode", "overwrite", "--subscription-id", $"{Guid.Empty}"]));
        (string Name, string[] Arguments)[] commands =
        [
            ("build", ["build", "--no-restore", "--pattern", "infra/**/*.bicep"]),
            ("parameters", ["build-params", "--no-restore", "--pattern", "infra/**/*.bicepparam"]),
            .. snapshots,
            ("format", ["format", "--pattern", "infra/**/*.bicep*"]),
        ];
        await Parallel.ForEachAsync(commands, async (command, _) =>
        {
            var copy = Path.Combine(_folder, command.Name);
            Sources.CopyTo(copy);
            _said[command.Name] = await BicepCli.RunAsync(copy, command.Arguments);
        });
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static T Here<T>(Func<T> value)
    {
        Assert.SkipUnless(BicepCli.IsHere, BicepCli.WhyNot);
        return value();
    }

    private JsonNode Parse(string command, string file)
    {
        Assert.True(_said[command].Length == 0, _said[command]);
        return JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, command, file)))!;
    }
}
