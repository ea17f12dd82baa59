using System.Diagnostics;
using System.Text;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Aliases;

/// <summary>A server whose names lead into two accounts, and a service that is told what was stored.</summary>
public sealed class AliasServer(AzuriteFixture azurite) : ServiceServer(azurite)
{
    /// <summary>The name of <see cref="Theirs"/>: it is in another account.</summary>
    internal const string Invoices = "invoices";

    /// <summary>The name of <see cref="Ours"/>: it is in the account of <see cref="Server.RunningServer.Container"/>.</summary>
    internal const string Local = "local";

    private readonly AzuriteFixture _azurite = azurite;
    private readonly TaskCompletionSource<string> _event = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BlobContainerClient? _theirs;
    private BlobContainerClient? _ours;
    private string? _listening;

    internal BlobContainerClient Theirs => _theirs!;

    internal BlobContainerClient Ours => _ours!;

    /// <summary>The first event that the service was told.</summary>
    internal Task<string> Event => _event.Task.WaitAsync(SluiceFixture.Patience, TestContext.Current.CancellationToken);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        [$"Sluice:Blob:Aliases:{Invoices}"] = $"other/{Theirs.Name}",
        [$"Sluice:Blob:Aliases:{Local}"] = Ours.Name,
        ["Sluice:Blob:Accounts:other:ConnectionString"] = _azurite.SecondConnectionString,
        ["Sluice:Blob:AllowDelete"] = "true",
        ["Sluice:Blob:AllowList"] = "true",
        ["Sluice:Resumable:Container"] = Invoices,
        ["Sluice:Routes:0:Name"] = "orders",
        ["Sluice:Routes:0:When:Path"] = "orders/*",
        ["Sluice:Routes:0:Store:Container"] = Invoices,
        ["Sluice:Relay:Targets:service:Address"] = $"{Service.Address()}",
        ["Sluice:Hooks:Sources:told:Scheme"] = "none",
        ["Sluice:Hooks:Sources:told:Store:Container"] = Invoices,
        ["Sluice:Hooks:Sources:told:Store:Name"] = "told/it",
        ["Sluice:Hooks:Sources:told:Notify:Target"] = "service",
        ["Sluice:Hooks:Sources:told:Notify:Path"] = _listening ??= Service.At(async (context, _) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            _event.TrySetResult(await reader.ReadToEndAsync(context.RequestAborted));
        }),
        ["Sluice:Hooks:Sources:told:Notify:Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    };

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        _theirs = await _azurite.NewContainerAsync(second: true);
        _ours = await _azurite.NewContainerAsync();
    }

    /// <summary>Waits until a line with a text is in a log.</summary>
    internal static async Task UntilLoggedAsync(Func<IReadOnlyList<string>> output, string text)
    {
        for (var began = Stopwatch.GetTimestamp(); !output().Any(line => line.Contains(text, StringComparison.Ordinal));)
        {
            if (Stopwatch.GetElapsedTime(began) > SluiceFixture.Patience)
                Assert.Fail($"The server has not logged '{text}':\n{string.Join('\n', output())}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }
    }

    internal async Task<Answer> AskAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, content, 1, headers);
        return await Answer.OfAsync(response, TestContext.Current.CancellationToken);
    }
}
