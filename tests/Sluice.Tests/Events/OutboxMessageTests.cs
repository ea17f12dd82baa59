using CsCheck;
using Sluice.Events.Messages;
using Sluice.Storage;

namespace Sluice.Tests.Events;

/// <summary>What is written into the outbox is read from it, by this version and by the next; anything else is nothing.</summary>
public sealed class OutboxMessageTests
{
    [Fact]
    public void An_announcement_comes_back() => Gen.Select(Gen.String, Gen.String, Gen.Enum<UploadWay>(), Gen.String)
        .Sample((container, name, way, caller) =>
        {
            var announced = new AnnouncedBody("id", container, name, new UploadOrigin(way) { Caller = caller });
            var message = new OutboxMessage(MessageKind.Announced, DateTimeOffset.UnixEpoch) { Announced = announced };
            return OutboxMessage.Read(message.ToJson()) == message;
        });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"Announced\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"kind\":\"Stored\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("{\"kind\":\"Unknown\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    public void Anything_else_is_nothing(string text) => Assert.Null(OutboxMessage.Read(BinaryData.FromString(text)));

    [Fact]
    public void No_bytes_are_too_strange() => Gen.Byte.Array.Sample(static bytes => OutboxMessage.Read(new BinaryData(bytes)) is null);

    // What a version has written, later versions read: messages wait for days.
    [Fact]
    public void A_message_of_the_first_version_is_read()
    {
        var message = OutboxMessage.Read(BinaryData.FromString("""
            {"kind":"Announced","since":"2026-11-28T12:00:00+00:00","attempts":0,"announced":{"id":"3f1c","container":"uploads",
            "name":"a/b","origin":{"way":"Put","rule":"r","declaredMediaType":"text/plain"}}}
            """));

        Assert.Equal(
            new AnnouncedBody("3f1c", "uploads", "a/b", new UploadOrigin(UploadWay.Put) { Rule = "r", DeclaredMediaType = "text/plain" }),
            message!.Announced);
    }
}
