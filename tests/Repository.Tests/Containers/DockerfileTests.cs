namespace Sluice.RepositoryTests.Containers;

/// <summary>The image, as far as it can be known without a Docker engine; CI builds and runs it.</summary>
public sealed class DockerfileTests
{
    public static TheoryData<string, string, string> Changes { get; } = new()
    {
        { "Base images are pinned to a version", "aspnet:10.0-noble-chiseled", "aspnet:latest" },
        { "Base images are pinned to a version", "sdk:10.0-noble", "sdk" },
        { "Base images are pinned to a version", "mcr.microsoft.com/dotnet/aspnet", "docker.io/someone/aspnet" },
        { "Base images are pinned to a version", "node:22-bookworm-slim", "node:slim" },
        { "The image has no shell and no package manager", "10.0-noble-chiseled", "10.0-noble" },
        { "The image has no shell and no package manager", "USER $APP_UID", "RUN apt-get install curl\nUSER $APP_UID" },
        { "It does not run as root", "USER $APP_UID\n", "" },
        { "It does not run as root", "USER $APP_UID", "USER $APP_UID\nUSER root" },
        { "Nothing secret is built in", "EXPOSE", "ENV Sluice__Server__Keys__0=letmein\nEXPOSE" },
        { "Nothing secret is built in", "ARG TARGETARCH", "ARG NUGET_TOKEN" },
        { "It starts what was published", "ENTRYPOINT [\"dotnet\", \"Sluice.Server.dll\"]", "ENTRYPOINT [\"dotnet\", \"Sluice.dll\"]" },
        { "It starts what was published", "ENTRYPOINT [\"dotnet\", \"Sluice.Server.dll\"]", "ENTRYPOINT dotnet Sluice.Server.dll" },
        { "It starts what was published", "publish src/Sluice.Server -c Release", "publish src/Sluice.Server" },
        { "It exposes the port that it listens on", "EXPOSE 8080", "EXPOSE 80" },
        { "It exposes the port that it listens on", "ENV ASPNETCORE_HTTP_PORTS=8080\n", "" },
        { "It knows whether it lives", "CMD [\"dotnet\", \"Sluice.Server.dll\", \"health\"]", "CMD curl -f http://localhost:8080/api/health/live" },
        { "It knows whether it lives", "\"health\"", "\"healthy\"" },
        { "What is copied is there and not ignored", "docs/openapi.json", "docs/openapi.yaml" },
        { "What is copied is there and not ignored", "COPY src/Sluice/ ", "COPY src/FunctionsApp/ " },
        { "What is copied is there and not ignored", "COPY src/Sluice/ ", "COPY README.md ./\nCOPY src/Sluice/ " },
        { "What the build reads is copied", "Directory.Packages.props ", "" },
        { "What the build reads is copied", "COPY docs/openapi.json docs/\n", "" },
        { "What the build reads is copied", "src/Worker.props ", "" },
        { "What the build reads is copied", "COPY src/Sluice/ src/Sluice/\n", "" },
        { "What the build reads is copied", "COPY src/Sluice.Telemetry/Sluice.Telemetry.csproj src/Sluice.Telemetry/\n", "" },
        { "What the build reads is copied", "COPY src/Sluice.UploadPage/page/UploadPage.targets src/Sluice.UploadPage/page/\n", "" },
        { "What the build reads is copied", "Directory.Build.targets ", "" },
        { "Only packages of the lock file are restored", " -p:RestoreLockedMode=true", "" },
        { "Only packages of the lock file are restored", "src/Sluice.Server/packages.linux-arm64.lock.json ", "" },
        { "Packages are restored before sources are copied", "COPY src/Sluice/Sluice.csproj ", "COPY src/Sluice/ " },
        { "Packages are restored before sources are copied", "COPY src/Sluice.UploadPage/page/package.json ", "COPY src/Sluice.UploadPage/page/ " },
        { "The upload page is composed where there is Node.js", " -p:UploadPageFolder=/page", "" },
        { "The upload page is composed where there is Node.js", "--from=page", "--from=build" },
        { "The upload page is composed where there is Node.js", "node:22-bookworm-slim", "debian:bookworm-slim" },
    };

    public static IEnumerable<TheoryDataRow<string>> Rules =>
        DockerfileRules.All.Keys.Select(static rule => new TheoryDataRow<string>(rule));

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_image_keeps_every_rule(string rule) => Assert.Empty(DockerfileRules.All[rule](Dockerfile.Own));

    [Theory]
    [MemberData(nameof(Changes))]
    public void An_image_that_breaks_a_rule_is_noticed(string rule, string written, string changed) =>
        Assert.NotEmpty(DockerfileRules.All[rule](Dockerfile.Own.Changed(written, changed)));

    [Fact]
    public void Every_rule_is_broken_once() =>
        Assert.Equal(DockerfileRules.All.Keys.Order(), Changes.Select(static change => change.Data.Item1).Distinct().Order());

    // Settings with keys, the history, and what another system built.
    [Theory]
    [InlineData("local.settings.json", true)]
    [InlineData("src/Sluice.Server/local.settings.json", true)]
    [InlineData(".git/config", true)]
    [InlineData("src/Sluice/obj/project.assets.json", true)]
    [InlineData("src/Sluice.Server/bin/Debug/net10.0/Sluice.Server.dll", true)]
    [InlineData("src/FunctionsApp/Program.cs", true)]
    [InlineData("tests/Sluice.Tests/Rig.cs", true)]
    [InlineData("src/Sluice/Uploads/UploadPipeline.cs", false)]
    [InlineData("src/Sluice/Storage/BlobCommit.cs", false)]
    [InlineData("src/Sluice.DevelopmentStorage/azurite/package.json", true)]
    public void The_build_sees_sources_and_nothing_else(string path, bool ignored) => Assert.Equal(ignored, DockerIgnore.Own.Ignores(path));
}
