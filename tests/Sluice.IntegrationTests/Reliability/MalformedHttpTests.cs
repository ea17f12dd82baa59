using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Reliability.ClientFaults;
using Sluice.IntegrationTests.Reliability.Malformed;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// What is no HTTP, or nearly: it is refused or means one thing, nothing hidden in it is carried out, and the server does not mind.
/// </summary>
public sealed class MalformedHttpTests(AzuriteFixture azurite)
{
    private const int InTests = 2_000;
    private const int AtOnce = 96;
    private const int NameLength = 10;

    private static readonly TimeSpan _silence = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_HTTP_is_refused_and_nothing_hidden_in_it_is_carried_out()
    {
        var wanted = Campaign.Count("SLUICE_MALFORMED", InTests);
        await using var world = await ClientFaultWorld.StartAsync(azurite);
        var requests = new MalformedRequests(world.Container.Name);
        var (violations, outcomes) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var (made, sent) = (new ConcurrentDictionary<string, MalformedRequest>(), new ConcurrentDictionary<string, MalformedRequest>());
        var began = Stopwatch.GetTimestamp();

        var numbers = Campaign.Only is { } only ? [only] : Enumerable.Range(0, wanted);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var request = requests.Next(number, Campaign.RandomFor(number, "malformed"));
            made[request.Name] = request;
            try
            {
                var replies = await SendAsync(world, request);
                var said = replies.ConvertAll(static reply => reply.Said);
                outcomes.Enqueue(said.Count == 0 ? "closed" : said[0]);

                // Storage and the service are sound; 501 and 505 are said of what nobody understands.
                var isFault = replies.Exists(static reply => reply.Status is >= 500 and not 501 and not 505);
                if (isFault || replies.Count(static reply => reply.Status < 400) > 1)
                    violations.Enqueue($"case {number}, {request.What}: {string.Join(", ", said)}");

                // Who is not answered may be stored or not.
                if (said.Count == 0 || replies.Exists(static reply => reply.IsSuccess))
                    sent[request.Name] = request;
            }
            catch (Exception e) when (!Cancelled.IsCancellationRequested)
            {
                violations.Enqueue($"case {number}, {request.What}: {e.GetType().Name}: {e.Message}");
            }
        });

        await foreach (var blob in world.Container.GetBlobsAsync(cancellationToken: Cancelled))
            await CheckAsync(world, blob.Name, sent, violations);
        CheckRelayed(world, made, violations);
        foreach (var seen in world.Seen.Where(static seen => seen.Contains(MalformedRequests.Hidden, StringComparison.Ordinal)))
            violations.Enqueue($"the service was asked for {seen}");
        Report(wanted, Stopwatch.GetElapsedTime(began), outcomes, violations);
        Assert.True(violations.IsEmpty, string.Join('\n', violations));
        var address = new Uri(world.Address, $"/api/blobs/{world.Container.Name}/healthy");
        using var healthy = await world.Client.PutAsync(address, new ByteArrayContent(new byte[100_000]), Cancelled);
        Assert.Equal(201, (int)healthy.StatusCode);
        Assert.Empty(world.Errors);
    }

    // Says that nothing more comes when the server was silent for a little: it then waits for no rest, and has answered all that it took
    // for a request.
    private static async Task<List<Reply>> SendAsync(ClientFaultWorld world, MalformedRequest request)
    {
        using var client = await RawClient.ConnectAsync(world.Address, Cancelled);
        try
        {
            await client.SendAsync(Encoding.Latin1.GetBytes(request.Text), Cancelled);
            await client.ReadUntilSilentAsync(_silence, Cancelled);
            client.Finish();
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Closed before all was sent; an answer may be there all the same.
        }

        return RawReplies.Parse(await client.ReadToEndAsync(Cancelled), request.Text.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    private static async Task CheckAsync(
        ClientFaultWorld world, string blob, ConcurrentDictionary<string, MalformedRequest> sent, ConcurrentQueue<string> violations)
    {
        var name = blob.StartsWith("run-0/", StringComparison.Ordinal) ? blob["run-0/".Length..] : blob;
        var request = name.Length < NameLength ? null : sent.GetValueOrDefault(name[..NameLength]);
        if (request is null || blob.AsSpan().IndexOfAny("\\\r\n\0") >= 0 || blob.Contains("..", StringComparison.Ordinal))
        {
            violations.Enqueue($"{blob} is stored, and nobody was told so");
            return;
        }

        // Of a form it is the file.
        var content = (await world.Container.GetBlobClient(blob).DownloadContentAsync(Cancelled)).Value.Content;
        var text = Encoding.Latin1.GetString(content.ToArray());
        var isFile = request.Body.Contains($"\r\n\r\n{text}\r\n--b--", StringComparison.Ordinal);
        if (text != request.Body && !(text.Length == 0 && request.MayHaveNoBody) && !isFile)
            violations.Enqueue($"{blob} is stored of {request.What}, and is {text.Length} bytes that were not sent as its body");
    }

    // A body that a service got whole is the only one that was sent for its name.
    private static void CheckRelayed(
        ClientFaultWorld world, ConcurrentDictionary<string, MalformedRequest> made, ConcurrentQueue<string> violations)
    {
        foreach (var (target, sha256) in world.WholeBodies)
        {
            var at = target.IndexOf("case-", StringComparison.Ordinal);
            var request = at < 0 || target.Length < at + NameLength ? null : made.GetValueOrDefault(target.Substring(at, NameLength));
            if (request is null)
                violations.Enqueue($"the service got {target}, which nobody sent");
            else if (sha256 != Digest(request.Body) && !(request.MayHaveNoBody && sha256 == Digest("")))
                violations.Enqueue($"the service got {target} whole, of {request.What}, and its body was not sent as one");
        }
    }

    private static string Digest(string body) => Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(body)));

    private static void Report(int wanted, TimeSpan elapsed, ConcurrentQueue<string> outcomes, ConcurrentQueue<string> violations)
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"{wanted} malformed requests, seed {Campaign.Seed}, {elapsed.TotalSeconds:F0} s, ");
        table.AppendLine(CultureInfo.InvariantCulture, $"{violations.Count} violations").AppendLine();
        table.AppendLine("| the first answer | requests |").AppendLine("| --- | --- |");
        var counts = outcomes.CountBy(static outcome => outcome).OrderByDescending(static outcome => outcome.Value).ToList();
        foreach (var (outcome, count) in counts)
            table.AppendLine(CultureInfo.InvariantCulture, $"| {outcome} | {count} |");
        Campaign.Report(
            "malformed-http",
            new
            {
                requests = wanted,
                seed = Campaign.Seed,
                seconds = (int)elapsed.TotalSeconds,
                violations = violations.ToArray(),
                answers = counts.ToDictionary(),
            },
            table.ToString());
    }
}
