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

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
            var name = (await AnswerAsync(stored, 201)).GetProperty("name").GetString()!;
            Payload.AssertSame(body, Assert.IsType<byte[]>(await server.VisibleAsync(name)));
        }
    }

    // https://docs.github.com/en/webhooks/using-webhooks/creating-webhooks: "Content type" is one of two.
    [Fact]
    public async Task Every_example_payload_of_GitHub_is_stored_once_and_as_it_was_sent()
    {
        var examples = await Signer.ExamplesAsync(SchemeServer.TextSecret);
        var firsts = examples
            .DistinctBy(static example => (example.Headers["X-GitHub-Event"], example.Headers["Content-Type"]))
            .ToHashSet();
        // So many has version 7.6.1: 58 events, of each the first example as a form too.
        Assert.Equal((329 + 58, 2 * 58), (examples.Count, firsts.Count));

        await Parallel.ForEachAsync(
            examples.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (one, _) =>
        {
            var (index, example) = one;
            var body = Convert.FromBase64String(example.BodyBase64);
            var headers = example.Headers.Select(static header => (header.Key, header.Value)).ToList();
            var name = $"github/{example.Headers["X-GitHub-Delivery"]}";
            if (firsts.Contains(example))
            {
                byte[] changed = [.. body];
                changed[index * 997 % body.Length] ^= 1;
                using var refused = await server.DeliverAsync("github", changed, headers);
                await ProblemDocument.ExpectAsync(refused, FailureKind.SignatureInvalid, Phase.Seal);
            }

            using var stored = await server.DeliverAsync("github", body, headers);
            Assert.Equal(name, (await AnswerAsync(stored, 201)).GetProperty("name").GetString());
            if (firsts.Contains(example))
            {
                using var again = await server.DeliverAsync("github", body, headers);
                var duplicate = await AnswerAsync(again, 200);
                Assert.Equal(
                    ("duplicate", name), (duplicate.GetProperty("status").GetString(), duplicate.GetProperty("name").GetString()));
            }

            Payload.AssertSame(body, Assert.IsType<byte[]>(await server.VisibleAsync(name)));
        });

        Assert.Equal(
            examples.Select(static example => $"github/{example.Headers["X-GitHub-Delivery"]}").Order(StringComparer.Ordinal),
            (await NamesAsync()).Where(static name => name.StartsWith("github/", StringComparison.Ordinal)));
    }

    private static async Task<JsonElement> AnswerAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True((int)answer.StatusCode == status, text);
        return JsonElement.Parse(text);
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in server.Container.GetBlobsAsync(cancellationToken: Token))
            names.Add(blob.Name);
        return names;
    }
}
