using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sluice.RepositoryTests.Containers;

/// <summary>What holds for the image. Each rule returns what breaks it.</summary>
internal static partial class DockerfileRules
{
    private const string Server = "src/Sluice.Server/Sluice.Server.csproj";

    public static Dictionary<string, Func<Dockerfile, IEnumerable<string>>> All { get; } = new()
    {
        // Of the runtime that the projects are built for, and of a distribution: a moved tag brings patches, not another system.
        ["Base images are pinned to a version"] = static file => file.Images.Where(static image => !Image().IsMatch(image)),

        ["The image has no shell and no package manager"] = static file =>
            file.Images.Last().EndsWith("-chiseled", StringComparison.Ordinal) && !file.Of("RUN").Any()
                ? []
                : [file.Images.Last(), .. file.Of("RUN")],

        ["It does not run as root"] = static file => file.Of("USER").SequenceEqual(["$APP_UID"]) ? [] : ["USER", .. file.Of("USER")],

        ["Nothing secret is built in"] = static file => file.Instructions
            .Where(static line => line.Name is "ENV" or "ARG" or "LABEL" && SecretName().IsMatch(line.Value))
            .Select(static line => line.Value),

        ["It starts what was published"] = static file => file.Of("ENTRYPOINT").Select(Dockerfile.Exec).ToList() is [["dotnet", var dll]]
            && Server.EndsWith($"/{Path.ChangeExtension(dll, ".csproj")}", StringComparison.Ordinal)
            && file.Instructions.Any(static line => line.Name == "RUN"
                && line.Value.StartsWith("dotnet publish src/Sluice.Server -c Release ", StringComparison.Ordinal))
                ? [] : file.Of("ENTRYPOINT").DefaultIfEmpty("ENTRYPOINT"),

        ["It exposes the port that it listens on"] = static file =>
            file.Of("EXPOSE").SequenceEqual([file.Environment.GetValueOrDefault("ASPNETCORE_HTTP_PORTS", "none")])
                ? [] : ["EXPOSE", .. file.Of("EXPOSE")],

        // Its own program asks: there is nothing else in it that could.
        ["It knows whether it lives"] = static file => file.Of("HEALTHCHECK").ToList() is [var check]
            && check.Split("CMD ", 2) is [_, var command]
            && Dockerfile.Exec(command)?.SequenceEqual(["dotnet", "Sluice.Server.dll", "health"]) == true
                ? [] : file.Of("HEALTHCHECK").DefaultIfEmpty("HEALTHCHECK"),

        ["What is copied is there and not ignored"] = static file => file.Copies.Select(static copy => copy.Source)
            .Where(static source => !Path.Exists(Repository.PathOf(source)) || DockerIgnore.Own.Ignores(source.TrimEnd('/'))),

        ["What the build reads is copied"] = static file => Needed().Except(file.Copies.Select(static copy => copy.Source.TrimEnd('/'))),

        // One lock file for each platform that the image is built for: Directory.Build.targets.
        ["Only packages of the lock file are restored"] = static file =>
        [
            .. file.Instructions.Where(static line => line.Value.StartsWith("dotnet restore ", StringComparison.Ordinal)
                && !line.Value.EndsWith(" -p:RestoreLockedMode=true", StringComparison.Ordinal)).Select(static line => line.Value),
            .. Locks.Except(file.Copies.Select(static copy => copy.Source)),
        ],

        ["Packages are restored before sources are copied"] = static file =>
            SourcesBefore(file, "dotnet restore ").Concat(SourcesBefore(file, "npm ci ")),

        // The SDK's image has no Node.js, and what is composed without it is what the build embeds.
        ["The upload page is composed where there is Node.js"] = static file => file.Instructions.ToList() is var lines
            && lines.Find(static line => line.Name == "RUN" && line.Value == "node compose.mjs").Stage is var stage
            && lines.Exists(line => line.Stage == stage && line.Name == "FROM" && line.Value.Contains(" node:", StringComparison.Ordinal)
                && line.Value.EndsWith(" AS page", StringComparison.Ordinal))
            && lines.Exists(static line => line.Name == "COPY" && line.Value == "--from=page /page/upload.html /page/upload.headers /page/")
            && lines.Exists(static line => line.Value.StartsWith("dotnet publish ", StringComparison.Ordinal)
                && line.Value.EndsWith(" -p:UploadPageFolder=/page", StringComparison.Ordinal))
                ? [] : ["upload.html"],
    };

    private static IEnumerable<string> Locks =>
        ((string[])["x64", "arm64"]).Select(static cpu => $"src/Sluice.Server/packages.linux-{cpu}.lock.json");

    private static IEnumerable<string> SourcesBefore(Dockerfile file, string restore)
    {
        var (stage, _, _) = file.Instructions.Single(line => line.Value.StartsWith(restore, StringComparison.Ordinal));
        return file.Instructions
            .Where(line => line.Stage == stage)
            .TakeWhile(line => !line.Value.StartsWith(restore, StringComparison.Ordinal))
            .Where(static line => line.Name == "COPY" && line.Value.StartsWith("src/", StringComparison.Ordinal))
            .Where(static line => line.Value.Split(' ')[0].EndsWith('/'))
            .Select(static line => line.Value);
    }

    /// <summary>What MSBuild looks for at the root, and the projects of the server with all that they take from elsewhere.</summary>
    private static IEnumerable<string> Needed() =>
    [
        "global.json", .. new DirectoryInfo(Repository.PathOf("")).EnumerateFiles("Directory.*").Select(static file => file.Name),
        "src/BannedSymbols.txt", .. Closure(Server).Distinct(),
    ];

    private static IEnumerable<string> Closure(string project)
    {
        var folder = Path.GetDirectoryName(project)!.Replace('\\', '/');
        yield return project;
        yield return folder;
        foreach (var element in XDocument.Parse(Repository.Read(project)).Descendants().Where(static element => !IsOfDevelopment(element)))
        {
            var outside = ((string?)element.Attribute("Include") ?? (string?)element.Attribute("Project") ?? "").Replace('\\', '/');
            if (!outside.StartsWith("../", StringComparison.Ordinal))
            {
                // A restore evaluates the project before the rest of its folder is there.
                if (element.Name == "Import")
                    yield return $"{folder}/{outside}";
                continue;
            }

            var full = Path.GetFullPath(Repository.PathOf($"{folder}/{outside}"));
            var path = Path.GetRelativePath(Repository.PathOf(""), full).Replace('\\', '/');
            foreach (var needed in element.Name == "ProjectReference" ? Closure(path) : [path])
                yield return needed;
        }
    }

    // The image is built in Release.
    private static bool IsOfDevelopment(XElement element) =>
        (string?)element.Parent?.Attribute("Condition") == "'$(Configuration)' != 'Release'";

    [GeneratedRegex(@"^(mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0-noble(-chiseled)?|node:22-bookworm-slim)$")]
    private static partial Regex Image();

    [GeneratedRegex("key|secret|token|passw|connection|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
