using CsCheck;
using Microsoft.Extensions.Options;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Events;

/// <summary>What is written into the outbox is read from it, by this version and by the next; anything else is nothing.</summary>
public sealed class OutboxMessageTests
{
    [Fact]
    public void An_announcement_comes_back() => Gen.Select(Gen.String, Gen.String, Gen.Enum<UploadKind>(), Gen.String)
        .Sample((container, name, kind, caller) =>
        {
            var announced = new AnnouncedBody("id", container, name, new UploadOrigin(kind) { Caller = caller });
            var message = new OutboxMessage(MessageKind.Announced, DateTimeOffset.UnixEpoch) { Announced = announced };
            return OutboxMessage.Read(message.ToJson()) == message;
        });

    // 8 KiB of metadata that JSON has to escape, and the longest name: base64 of it is less than 64 KiB.
    [Fact]
    public void The_largest_event_is_a_message_that_a_queue_takes()
    {
        var metadata = new Dictionary<string, string> { ["a"] = new('"', 8 * 1024) };
        var name = new string('\u20ac', 1024);
        var body = new StoredBody(
            new Uri("https://a.blob.core.windows.net/c/" + Uri.EscapeDataString(name)), "c", name, long.MaxValue, "\"0x1\"",
            new StoredMediaType(new('x', 1024), new('x', 1024), "image/png"), new Dictionary<string, string>(), metadata, "put");
        var stored = BlobStoredEvent.Of(new string('0', 32), "/sluice", DateTimeOffset.UnixEpoch, body);
        var message = new OutboxMessage(MessageKind.Delivery, DateTimeOffset.UnixEpoch) { Event = stored, Reason = new string('x', 500) };

        Assert.InRange(message.ToJson().ToMemory().Length, 16 * 1024, EventQueue.MaxBytes);
    }

    // A request that is refused may say anything.
    [Fact]
    public void The_largest_event_of_a_refusal_is_a_message_that_a_queue_takes()
    {
        var rig = new Rig();
        var maker = new EventMaker(Options.Create(new EventOptions()), Options.Create(rig.Blob), rig.Clients);
        var note = new UploadNote(Guid.NewGuid(), new UploadOrigin(UploadKind.Put) { DeclaredMediaType = new('"', 30_000), Caller = new('"', 30_000) })
        {
            Target = new BlobTarget(new('"', 3000), new('\u20ac', 30_000)),
            Metadata = new Dictionary<string, string> { ["a"] = new('"', 30_000) },
        };
        var failure = new Failure(FailureKind.NameInvalid, Phase.Admit, new('"', 30_000));

        var told = maker.Of(EventType.Refused, note, DateTimeOffset.UnixEpoch, data => data with { Problem = UploadProblem.Of(failure) });
        var message = new OutboxMessage(MessageKind.Delivery, DateTimeOffset.UnixEpoch) { Upload = told, Reason = new string('x', 500) };

        Assert.InRange(message.ToJson().ToMemory().Length, 1024, EventQueue.MaxBytes / 2);
        Assert.Equal(told.Id, OutboxMessage.Read(message.ToJson())!.Told!.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"Announced\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"kind\":\"Stored\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"kind\":\"Unknown\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"kind\":\"Upload\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"kind\":\"Upload\",\"since\":\"2026-01-01T00:00:00Z\",\"upload\":{}}")]
    [InlineData("{\"kind\":\"Upload\",\"since\":\"2026-01-01T00:00:00Z\",\"upload\":{\"id\":\"1\",\"type\":\"sluice.upload.refused\"}}")]
    [InlineData("{\"kind\":\"Delivery\",\"since\":\"2026-01-01T00:00:00Z\",\"upload\":{\"id\":\"1\",\"type\":\"sluice.upload.stored\",\"data\":{\"upload\":\"1\",\"metadata\":{},\"kind\":\"put\"}}}")]
    public void Anything_else_is_nothing(string text) => Assert.Null(OutboxMessage.Read(BinaryData.FromString(text)));

    [Fact]
    public void No_bytes_are_too_strange() => Gen.Byte.Array.Sample(static bytes => OutboxMessage.Read(new BinaryData(bytes)) is null);

    // What a version has written, later versions read: messages wait for days.
    [Fact]
    public void A_message_of_the_first_version_is_read()
    {
        var message = OutboxMessage.Read(BinaryData.FromString("""
            {"kind":"Announced","since":"2026-11-28T12:00:00+00:00","attempts":0,"announced":{"id":"3f1c","container":"uploads",
            "name":"a/b","origin":{"kind":"Put","rule":"r","declaredMediaType":"text/plain"}}}
            """));

        Assert.Equal(
            new AnnouncedBody("3f1c", "uploads", "a/b", new UploadOrigin(UploadKind.Put) { Rule = "r", DeclaredMediaType = "text/plain" }),
            message!.Announced);
    }
}
