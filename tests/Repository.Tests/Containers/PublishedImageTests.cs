using System.Text.Json;

namespace Sluice.RepositoryTests.Containers;

/// <summary>
/// The image that <c>dotnet publish -t:PublishContainer</c> makes is the Dockerfile's. MSBuild is asked for what it would write, which
/// needs neither Docker nor the base image.
/// </summary>
public sealed class PublishedImageTests
{
    // $APP_UID of the base images: https://github.com/dotnet/dotnet-docker/blob/main/documentation/supported-tags.md
    private const string AppUid = "1654";

    private static readonly Lazy<Task<JsonElement>> _image = new(EvaluateAsync);

    [Fact]
    public async Task Both_have_the_same_base() => Assert.Equal(Dockerfile.Own.Images.Last(), await PropertyAsync("ContainerBaseImage"));

    [Fact]
    public async Task Both_run_as_the_user_of_the_base()
    {
        Assert.Equal(["$APP_UID"], Dockerfile.Own.Of("USER"));
        Assert.Equal(AppUid, await PropertyAsync("ContainerUser"));
    }

    [Fact]
    public async Task Both_listen_on_the_same_port()
    {
        Assert.Equal(Dockerfile.Own.Of("EXPOSE"), (await ItemsAsync("ContainerPort")).Keys);
        Assert.Equal(Dockerfile.Own.Environment, await ItemsAsync("ContainerEnvironmentVariable"));
    }

    [Fact]
    public async Task Both_start_the_same_program_in_the_same_folder()
    {
        var folder = await PropertyAsync("ContainerWorkingDirectory");

        Assert.Equal(Dockerfile.Own.Of("WORKDIR"), [folder.TrimEnd('/')]);
        Assert.Equal(
            Dockerfile.Exec(Dockerfile.Own.Of("ENTRYPOINT").Single()),
            (await ItemsAsync("ContainerAppCommand")).Keys.Select(word => word.Replace(folder, "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Both_say_the_same_of_themselves()
    {
        var labels = await ItemsAsync("ContainerLabel");

        Assert.All(Dockerfile.Own.Labels, label => Assert.Equal(label.Value, labels[label.Key]));
    }

    private static async Task<string> PropertyAsync(string name) =>
        (await _image.Value).GetProperty("Properties").GetProperty(name).GetString()!;

    private static async Task<Dictionary<string, string>> ItemsAsync(string name) =>
        (await _image.Value).GetProperty("Items").GetProperty(name).EnumerateArray().ToDictionary(
            static item => item.GetProperty("Identity").GetString()!,
            static item => item.TryGetProperty("Value", out var value) ? value.GetString()! : "");

    private static async Task<JsonElement> EvaluateAsync()
    {
        string[] arguments =
        [
            "msbuild", Repository.PathOf("src/Sluice.Server/Sluice.Server.csproj"), "-nologo", "-tl:off", "-t:ComputeContainerConfig",
            "-p:Configuration=Release", "-p:RuntimeIdentifier=linux-x64",
            "-getProperty:ContainerBaseImage,ContainerUser,ContainerWorkingDirectory",
            "-getItem:ContainerPort,ContainerEnvironmentVariable,ContainerAppCommand,ContainerLabel",
        ];
        return JsonElement.Parse((await Command.RunAsync(Command.Dotnet, arguments, Repository.PathOf(""))).Succeeded());
    }
}
