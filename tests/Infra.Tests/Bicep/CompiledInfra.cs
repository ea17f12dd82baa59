[assembly: AssemblyFixture(typeof(Infra.Tests.CompiledInfra))]

namespace Infra.Tests;

/// <summary>infra/, compiled once for all tests, from a folder that is gone afterwards.</summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _complaintsOfAMistake = [];
    private readonly Dictionary<string, string> _formatted = [];
    private readonly Dictionary<string, JsonNode> _snapshots = [];
    private readonly Dictionary<string, JsonNode> _templates = [];

    /// <summary>What the compiler said: errors, warnings, notes of the linter.</summary>
    public IReadOnlyList<string> Complaints => Here(_complaints);

    /// <summary>The same of a file that has a mistake, a description that is missing, and compiles all the same.</summary>
    public IReadOnlyList<string> ComplaintsOfAMistake => Here(_complaintsOfAMistake);

    /// <summary>The files, as the formatter writes them.</summary>
    public IReadOnlyDictionary<string, string> Formatted => Here(_formatted);

    /// <summary>The compiled template of a file that is deployed: <c>main</c>.</summary>
    public JsonNode Template(string name) => Found(_templates, $"infra/{name}.bicep");

    /// <summary>What is deployed with a parameter file: all resources, with their values.</summary>
    public JsonNode Snapshot(string environment) => Found(_snapshots, $"infra/environments/{environment}.bicepparam");

    public async ValueTask InitializeAsync()
    {
        if (!Compiler.IsHere)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("sluice-infra-").FullName;
        try
        {
            Sources.CopyTo(folder);
            using var compiler = new CompilerProcess();
            foreach (var name in Sources.Infra.Where(static name => Path.GetExtension(name) is ".bicep" or ".bicepparam"))
            {
                await CompileAsync(compiler, name, Path.Combine(folder, name));
            }

            var mistake = Path.Combine(folder, "infra", "mistake.bicep");
            await File.WriteAllTextAsync(mistake, "param name string\noutput name string = name\n");
            _complaintsOfAMistake.AddRange(Said(await compiler.AskAsync("compile", new() { ["path"] = mistake })));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static T Here<T>(T value)
    {
        Assert.SkipUnless(Compiler.IsHere, Compiler.WhyNot);
        return value;
    }

    private static IEnumerable<string> Said(JsonNode compiled) => compiled["diagnostics"]!.AsArray()
        .Select(static said => $"{said!["source"]} {said["level"]} {said["code"]}: {said["message"]}");

    private async Task CompileAsync(CompilerProcess compiler, string name, string path)
    {
        var parameters = name.EndsWith(".bicepparam", StringComparison.Ordinal);
        _formatted.Add(name, (string)(await compiler.AskAsync("format", new() { ["path"] = path }))["contents"]!);

        var compiled = parameters
            ? await compiler.AskAsync("compileParams", new() { ["path"] = path, ["parameterOverrides"] = new JsonObject() })
            : await compiler.AskAsync("compile", new() { ["path"] = path });
        _complaints.AddRange(Said(compiled));
        if ((string?)compiled["contents"] is { } contents)
        {
            _templates.Add(name, JsonNode.Parse(contents)!);
        }

        if (parameters && (bool)compiled["success"]!)
        {
            var metadata = new JsonObject { ["subscriptionId"] = $"{Guid.Empty}" };
            var answer = await compiler.AskAsync("getSnapshot", new() { ["path"] = path, ["metadata"] = metadata });
            _snapshots.Add(name, JsonNode.Parse((string)answer["snapshot"]!)!);
        }
    }

    private JsonNode Found(Dictionary<string, JsonNode> compiled, string name) => Here(compiled).GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"{name} did not compile:\n{string.Join('\n', _complaints)}");
}
