using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Concurrency;

/// <summary>
/// Five hundred connections that do as little as they can to hold memory, and twenty uploads that are meant. Those get through, and soon.
/// What they waited for memory is written down; nothing is asserted of it but that no stranger's time-out decided it,
/// since other tests may keep the machine busy.
/// </summary>
[Collection(ConcurrencyTests.Name)]
public sealed class StarvationTests(AzuriteFixture azurite)
{
    private const int StrangerCount = 500;
    private const int Uploads = 20;
    private const int UploadBytes = 10_000_000;

    private static readonly TimeSpan _idleTimeout = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>All kinds at once; each by itself too with the environment variable <c>SLUICE_FULL=1</c>, which takes minutes.</summary>
    public static MatrixTheoryData<int, Stranger?> Cases()
    {
        var kinds = Memory.Requirement.IsFull ? Enum.GetValues<Stranger>().Cast<Stranger?>() : [];
        return new MatrixTheoryData<int, Stranger?>([64, 16], [null, .. kinds]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Strangers_do_not_keep_others_out(int budgetMiB, Stranger? kind)
    {
        var container = await azurite.NewContainerAsync();
        await using var server = await ServerProcess.StartAsync(
            new ServerSettings
            {
                ConnectionString = azurite.ConnectionString,
                Containers = [container.Name],
                More = new Dictionary<string, string>
                {
                    ["Sluice:Memory:BudgetBytes"] = (budgetMiB * TestBody.Mib).ToString(CultureInfo.InvariantCulture),
                    ["Sluice:Memory:WaitTimeout"] = "00:03:00",
                    ["Sluice:Body:IdleTimeout"] = _idleTimeout.ToString("c"),
                    ["Sluice:Hooks:Sources:hook:Scheme"] = "github",
                    ["Sluice:Hooks:Sources:hook:Secrets:0"] = "It's a Secret to Everybody",
                    ["Sluice:Hooks:Sources:hook:Store:Container"] = container.Name,
                },
            },
            Cancelled);
        string PathOf(string blob) => $"/api/blobs/{container.Name}/{blob}";
        var strangers = new List<RawClient>();
        try
        {
            foreach (var at in Enumerable.Range(0, StrangerCount))
            {
                var stranger = kind ?? (Stranger)(at % Enum.GetValues<Stranger>().Length);
                strangers.Add(await stranger.ComeAsync(server.Address, PathOf($"stranger-{at}"), "/api/hooks/hook", Cancelled));
            }

            // They have settled when they have all that they will get.
            await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
            using var client = server.CreateClient();
            var content = TestBody.Of(UploadBytes);
            var began = Stopwatch.GetTimestamp();
            var uploads =
                await Task.WhenAll(Enumerable.Range(0, Uploads).Select(at => UploadAsync(client, PathOf($"honest-{at}"), content)));

            var all = Stopwatch.GetElapsedTime(began);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{budgetMiB} MiB, {StrangerCount} {kind?.ToString() ?? "of all kinds"}: "
                + $"{uploads.Count(static one => one.Status == HttpStatusCode.Created)} of {Uploads} stored in {all.TotalSeconds:F1} s; "
                + $"asked to go on after {uploads.Max(static one => one.Asked.TotalSeconds):F2} s at most"));
            Assert.All(uploads, static one => Assert.Equal(HttpStatusCode.Created, one.Status));
            Assert.InRange(uploads.Max(static one => one.Asked), TimeSpan.Zero, _idleTimeout / 2);
        }
        finally
        {
            strangers.ForEach(static stranger => stranger.Dispose());
        }
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Asked)> UploadAsync(HttpClient client, string path, byte[] content)
    {
        var began = Stopwatch.GetTimestamp();
        var body = new AskedContent(content);
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = body };
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request, Cancelled);
        return (response.StatusCode, body.Asked is 0 ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(began, body.Asked));
    }

    /// <summary>Knows when its first byte was wanted.</summary>
    private sealed class AskedContent(byte[] content) : HttpContent
    {
        public long Asked { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Asked = Stopwatch.GetTimestamp();
            return stream.WriteAsync(content).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
