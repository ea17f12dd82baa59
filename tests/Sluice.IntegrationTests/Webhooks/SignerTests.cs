using System.Text;
using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>What senders' own libraries sign is stored as it was sent, and nothing of it when it was changed on the way.</summary>
public sealed class SignerTests(SchemeServer server) : IClassFixture<SchemeServer>
{
    // Those libraries sign text. The last one is longer than the peek window.
    private static readonly byte[][] _bodies =
    [
        [],
        "{}"u8.ToArray(),
        Encoding.UTF8.GetBytes("{\n  \"name\": \"Zoë – 数 \U0001f600\", \"tail\": \"a.b,c=d\"\r\n}\n"),
        Encoding.UTF8.GetBytes($$"""{"id":"evt_1","padding":"{{new string('é', 30_000)}}"}"""),
    ];

    public static TheoryData<string, string, string> Senders => new()
    {
        { "standard-webhooks", "standard-webhooks", SchemeServer.StandardSecret },
        { "standard-webhooks", "svix", SchemeServer.StandardSecret },
        { "standard-webhooks-v1a", "v1a", $"whsk_{Convert.ToBase64String(SchemeServer.PrivateKey)}" },
        { "stripe", "stripe", SchemeServer.TextSecret },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task What_a_sender_signs_is_stored_as_it_was_sent_and_not_when_it_was_changed(string sender, string source, string secret)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        var signed = await Signer.SignAsync(
            _bodies.Select((body, index) => new SignerRequest(sender, secret, $"msg_{index}", now, Convert.ToBase64String(body))));

        Assert.Equal(_bodies.Length, signed.Count);
        foreach (var (body, headers) in _bodies.Zip(
            signed, static (body, headers) => (body, headers.Select(static header => (header.Key, header.Value)))))
        {
            var before = await NamesAsync();
            using var changed = await server.DeliverAsync(source, [.. body, (byte)' '], headers);
            await ProblemDocument.ExpectAsync(changed, FailureKind.SignatureInvalid, Phase.Seal);
            Assert.Equal(before, await NamesAsync());

            using var stored = await server.DeliverAsync(source, body, headers);
            var told = await stored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)stored.StatusCode == 201, told);
            var name = JsonElement.Parse(told).GetProperty("name").GetString()!;
            Payload.AssertSame(body, Assert.IsType<byte[]>(await server.VisibleAsync(name)));
        }
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in server.Container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
            names.Add(blob.Name);
        return names;
    }
}
