using Sluice.Events.Messages;
using Sluice.IntegrationTests.Hosting;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.IntegrationTests.Events;

/// <summary>What is announced, and by whom it is confirmed if its process has died.</summary>
public sealed class OutboxTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly EventServer _server = new(azurite);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_announcement_that_nobody_confirmed_is_told_if_its_upload_was_stored()
    {
        await StoreAsync("unconfirmed", new string('a', 32));
        await AnnounceAsync("unconfirmed", new string('a', 32));

        var told = await _server.Inbox.TakenAsync("unconfirmed");
        Assert.Equal(new string('a', 32), told.Id);
        Assert.Equal("unconfirmed", told.Data.GetProperty("rule").GetString());
        Assert.Equal(3, told.Data.GetProperty("bytes").GetInt64());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_announcement_is_not_told_as_long_as_its_upload_was_not_stored(bool isOtherStored)
    {
        if (isOtherStored)
            await StoreAsync("early", new string('b', 32));
        await AnnounceAsync("early", new string('a', 32));

        // It is looked at again later: a commit that was sent may be carried out late.
        var waiting = await EventInbox.UntilAsync(() =>
        {
            var properties = _server.Outbox.GetProperties();
            return _server.Outbox.PeekMessages(32).Value.Length == 0 && properties.Value.ApproximateMessagesCount == 1 ? properties : null;
        });
        Assert.NotNull(waiting);
        Assert.Empty(_server.Inbox.Attempts);
    }

    [Fact]
    public async Task What_is_no_message_is_removed_and_logged()
    {
        await _server.Outbox.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _server.Outbox.SendMessageAsync("{}", TestContext.Current.CancellationToken);
        await _server.Outbox.SendMessageAsync("no JSON", TestContext.Current.CancellationToken);

        await EventInbox.UntilAsync(() => _server.Output.Count(
            static line => line.Contains("is none of ours", StringComparison.Ordinal)) == 2 ? "" : null);
    }

    private async Task StoreAsync(string name, string upload) => await _server.Container.GetBlobClient(name).UploadAsync(
        new BinaryData("abc"),
        new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string> { ["sluice_upload"] = upload } },
        TestContext.Current.CancellationToken);

    private async Task AnnounceAsync(string name, string upload)
    {
        var origin = new UploadOrigin(UploadKind.Ingest) { Rule = "unconfirmed" };
        var message = new OutboxMessage(MessageKind.Announced, DateTimeOffset.UtcNow)
        {
            Announced = new AnnouncedBody(upload, _server.Container.Name, name, origin),
        };
        await _server.Outbox.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _server.Outbox.SendMessageAsync(message.ToJson(), cancellationToken: TestContext.Current.CancellationToken);
    }
}
