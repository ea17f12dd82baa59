using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Pages;

/// <summary>docs/multipart.md: its commands are answered as it shows, and the problems that it names are there.</summary>
public sealed partial class MultipartPageTests(AzuriteFixture azurite)
{
    // The member that stands for those that are not shown.
    private const string More = "…";

    private static readonly string _page = Repository.Read("docs/multipart.md");

    [Fact]
    public async Task Every_command_is_answered_as_it_is_shown()
    {
        Assert.SkipUnless(CurlProcess.IsThere && !OperatingSystem.IsWindows(), "They are for curl and a POSIX shell.");
        var examples = Example().Matches(_page);
        Assert.NotEmpty(examples);
        Assert.Equal(Regex.Count(_page, "^```sh$", RegexOptions.Multiline), examples.Count);
        await using var server = await PageServer.StartAsync(azurite, ["uploads"], new Dictionary<string, string>());
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (Match example in examples)
            {
                var command = example.Groups["command"].Value;
                Assert.Contains("http://localhost:7071/", command, StringComparison.Ordinal);
                foreach (Match file in FileName().Matches(command))
                    await File.WriteAllTextAsync(
                        Path.Combine(folder.FullName, file.Groups["name"].Value), "%PDF-1.7\n".PadRight(31337), Encoding.ASCII,
                        TestContext.Current.CancellationToken);

                var script =
                    $"export no_proxy='*'\n{command.Replace("http://localhost:7071/", $"{server.Address}", StringComparison.Ordinal)}";
                var said = (await Command.RunAsync("sh", ["-c", script], folder.FullName)).Succeeded();

                AssertShown(JsonElement.Parse(example.Groups["answer"].Value), JsonElement.Parse(said), "answer");
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
        var problems = Enum.GetValues<FailureKind>().Select(FailureTable.Of).ToDictionary(static problem => problem.Code);
        var named = Named().Matches(_page);

        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.Contains(match.Groups["code"].Value, problems.Keys));
        Assert.All(
            named.Where(static match => match.Groups["status"].Success),
            match => Assert.Equal($"{problems[match.Groups["code"].Value].Status}", match.Groups["status"].Value));
    }

    private static void AssertShown(JsonElement shown, JsonElement told, string at)
    {
        Assert.True(shown.ValueKind == told.ValueKind, $"{at} is {told}");
        switch (shown.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in shown.EnumerateObject().Where(static member => member.Name != More))
                {
                    Assert.True(told.TryGetProperty(member.Name, out var value), $"{at} has no {member.Name}: {told}");
                    AssertShown(member.Value, value, $"{at}/{member.Name}");
                }
                Assert.True(
                    shown.TryGetProperty(More, out _) || shown.EnumerateObject().Count() == told.EnumerateObject().Count(),
                    $"{at} has more members: {told}");
                break;
            case JsonValueKind.Array:
                Assert.Equal(shown.GetArrayLength(), told.GetArrayLength());
                foreach (var (index, (one, other)) in shown.EnumerateArray().Zip(told.EnumerateArray()).Index())
                    AssertShown(one, other, $"{at}/{index}");
                break;
            default:
                Assert.Equal($"{at}: {shown}", $"{at}: {told}");
                break;
        }
    }

    [GeneratedRegex(@"^```sh\n(?<command>(?:(?!```).*\n)+)```\n\n```json\n(?<answer>(?:(?!```).*\n)+)```\n", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"=@(?<name>[\w.]+)")]
    private static partial Regex FileName();

    // Words with a hyphen, in lower case; the form's own type is none, nor are headers.
    [GeneratedRegex(@"`(?<code>(?!x-)[a-z]+(?:-[a-z]+)+)`(?: \((?<status>\d{3})\))?")]
    private static partial Regex Named();
}
