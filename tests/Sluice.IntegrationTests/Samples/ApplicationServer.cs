using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Sluice.IntegrationTests.Events;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.UploadPage;

namespace Sluice.IntegrationTests.Samples;

/// <summary>
/// The application of docs/application.md: its settings, its issuer and its page. Addresses and the names of the container and the queues
/// are replaced.
/// </summary>
public sealed partial class ApplicationServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    private readonly AzuriteFixture _azurite = azurite;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private IssuerProcess? _issuer;
    private UppySite? _site;

    internal IssuerProcess Issuer => _issuer!;

    /// <summary>Where the events arrive.</summary>
    private QueueClient EventQueue => _azurite.QueueServiceClient.GetQueueClient($"e-{_id}");

    protected override IReadOnlyDictionary<string, string> Settings => field ??= Setting().Matches(Repository.Read("docs/application.md"))
        .ToDictionary(
            static setting => setting.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal),
            setting => ReplacedSetting(setting.Groups["value"].Value))
        .Append(new("Sluice:Events:Queue", $"o-{_id}"))
        .Append(new("Sluice:Events:DeadLetterQueue", $"d-{_id}"))
        .ToDictionary();

    /// <summary>Uploads a file by the page, in a browser.</summary>
    /// <returns>The path of the blob, as the page says it.</returns>
    internal async Task<string> UploadAsync(string user, LocalFile file)
    {
        var said = await Browser.UploadAsync(new Uri(_site!.Page, $"?user={user}"), new { File = file.Path });
        var stored = Assert.Single(said.GetProperty("stored").EnumerateArray()).GetString()!;
        var prefix = $"{Path.GetFileName(file.Path)} is stored: ";
        Assert.StartsWith(prefix, stored, StringComparison.Ordinal);
        return stored[prefix.Length..];
    }

    /// <summary>Waits until so many events are in the queue.</summary>
    internal Task WaitForEventsAsync(int count) =>
        EventInbox.UntilAsync(() => Peek() is { } messages && messages.Length >= count ? messages : null);

    /// <summary>How many messages are in the queue, those included that somebody has received and not deleted.</summary>
    internal async Task<int> CountMessagesAsync() =>
        (await EventQueue.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>
    /// Runs the worker until the queue is empty. Its build leaves no server behind that holds the pipe of its output open.
    /// </summary>
    internal async Task<string> WorkAsync() => (await Command.RunAsync(
        Command.Dotnet,
        ["run", "worker.cs", EventQueue.Name],
        Repository.PathOf("docs/samples/application"),
        "",
        ("STORAGE", _azurite.ConnectionString),
        ("no_proxy", "127.0.0.1"),
        ("NO_PROXY", "127.0.0.1"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("UseSharedCompilation", "false"))).Succeeded();

    protected override async Task PrepareAsync()
    {
        _issuer = await IssuerProcess.StartAsync();
        _site = await UppySite.StartAsync("docs/samples/application/index.html", ReplacedPage);
    }

    protected override async ValueTask CleanUpAsync()
    {
        _issuer?.Dispose();
        await (_site?.DisposeAsync() ?? default);
    }

    // Null until the queue exists.
    private PeekedMessage[]? Peek()
    {
        try
        {
            return EventQueue.PeekMessages(32, TestContext.Current.CancellationToken).Value;
        }
        catch (Azure.RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return null;
        }
    }

    private string ReplacedSetting(string value) => value switch
    {
        "uploads" => Container.Name,
        "stored-uploads" => EventQueue.Name,
        "http://localhost:8000" => _site!.Page.GetLeftPart(UriPartial.Authority),
        "http://localhost:9000" => Issuer.Address,
        _ => value,
    };

    private string ReplacedPage(string html) => html
        .Replace("http://localhost:7071", Address().GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        .Replace("http://localhost:9000", Issuer.Address, StringComparison.Ordinal);

    [GeneratedRegex("^export (?<key>Sluice__[A-Za-z0-9_]+)=(?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
