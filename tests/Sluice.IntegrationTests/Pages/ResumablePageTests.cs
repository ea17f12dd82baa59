using System.Text.RegularExpressions;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>
/// docs/resumable.md: its commands, one after the other in one shell, are answered as it shows, and the problems that it names are there.
/// </summary>
public sealed partial class ResumablePageTests(AzuriteFixture azurite)
{
    private const string Separator = "--------";

    private static readonly string _page = Repository.Read("docs/resumable.md");

    [Fact]
    public async Task Every_command_is_answered_as_it_is_shown()
    {
        Assert.SkipUnless(CurlProcess.IsThere && !OperatingSystem.IsWindows(), "They are for curl and a POSIX shell.");
        var examples = Example().Matches(_page);
        Assert.Equal(
            Regex.Count(_page, "^```(sh|http)$", RegexOptions.Multiline),
            examples.Count + examples.Count(static example => example.Groups["answer"].Success));
        var settings = new Dictionary<string, string> { ["Sluice:Resumable:Keys:0"] = Convert.ToBase64String(new byte[32]) };
        await using var server = await PageServer.StartAsync(azurite, ["uploads"], settings);
        var commands = string.Concat(examples.Select(static example => $"{example.Groups["command"].Value}printf '\\n{Separator}\\n'\n"));
        var script = $"set -e\nexport no_proxy='*'\n"
            + $"{commands.Replace("http://localhost:7071", server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)}";
        var folder = Directory.CreateTempSubdirectory("sluice-");
        try
        {
            var said = (await Command.RunAsync("sh", ["-c", script], folder.FullName)).Succeeded().Split($"\n{Separator}\n");
            foreach (var (example, answer) in examples.Zip(said))
            {
                foreach (var line in example.Groups["answer"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    Assert.Matches($"(?m)^{Regex.Escape(line).Replace("…", ".+", StringComparison.Ordinal)}$", answer);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_problem_that_it_names_is_one_with_the_status_that_it_has_here()
    {
        var problems = Enum.GetValues<FailureKind>()
            .Select(FailureTable.Of)
            .Select(static problem => $"{problem.Status} `{problem.Code}`")
            .ToHashSet();
        var named = Named().Matches(_page).Select(static match => match.Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, problem => Assert.Contains(problem, problems));
    }

    [GeneratedRegex(@"^```sh\n(?<command>(?:(?!```).*\n)+)```\n(?:\n```http\n(?<answer>(?:(?!```).*\n)+)```\n)?", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\d{3} `[a-z]+(?:-[a-z]+)+`")]
    private static partial Regex Named();
}
