using System.Net;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>What an OTLP receiver gets of an upload: spans, metrics, logs, and nothing secret.</summary>
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    private const string Trace = "0AF7651916CD43DD8448EB211C80319C";
    private const int Bytes = (3 << 20) + 17;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_is_one_span_with_its_stages_in_the_trace_of_its_client()
    {
        await using var server = await TelemetryServer.StartAsync(azurite);
        using var answer = await PutAsync(server, $"blobs/{server.Container.Name}/a/b.bin", Bytes);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        var spans = await TraceAsync(server, 6);
        var request = Assert.Single(spans, static span => span.Kind == OtlpSpan.Server);
        Assert.Equal("B7AD6B7169203331", request.Parent);
        var upload = Assert.Single(spans, static span => span.Name == "sluice.upload");
        Assert.Equal(("Sluice", request.Id, OtlpSpan.Internal, false), (upload.Scope, upload.Parent, upload.Kind, upload.Failed));
        Assert.Equal(
            ["sluice.admit", "sluice.peek", "sluice.transfer", "sluice.seal"],
            spans.Where(span => span.Parent == upload.Id).OrderBy(static span => span.Start).Select(static span => span.Name));
        Assert.Equal(6, spans.Count);
        Assert.Equal(
            [
                ("sluice.blob", "a/b.bin"), ("sluice.blocks", "4"), ("sluice.bytes", $"{Bytes}"),
                ("sluice.container", server.Container.Name), ("sluice.declared_bytes", $"{Bytes}"),
                ("sluice.media_type", "application/octet-stream")
            ],
            upload.Attributes.Select(static attribute => (attribute.Key, attribute.Value)).Order());
        Assert.Equal("sluice", server.Receiver.Service);

        var log = await server.Receiver.UntilAsync(
            static receiver => receiver.Logs.FirstOrDefault(static log => log.Body.StartsWith("Stored ", StringComparison.Ordinal)));
        Assert.Equal(("Sluice.Uploads.UploadPipeline", Trace), (log.Scope, log.Trace));
    }

    [Fact]
    public async Task A_tee_has_the_request_to_the_service_inside_which_continues_the_trace()
    {
        await using var server = await TelemetryServer.StartAsync(azurite);
        var path = server.Service.At(Scripts.Echo);
        using var answer = await PutAsync(server, $"ingest/{path}", Bytes);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        var spans = await TraceAsync(server, 7);
        var upload = Assert.Single(spans, static span => span.Name == "sluice.upload");
        var transfer = Assert.Single(spans, span => span.Name == "sluice.transfer" && span.Parent == upload.Id);
        var outgoing = Assert.Single(spans, static span => span.Kind == OtlpSpan.Client);
        Assert.Equal(
            ("System.Net.Http", "PUT", transfer.Id, "200"),
            (outgoing.Scope, outgoing.Name, outgoing.Parent, outgoing.Attributes["http.response.status_code"]));
        Assert.Equal(transfer.Id, Assert.Single(spans, static span => span.Name == "sluice.seal").Parent);
        Assert.Equal(("service", "tee"), (upload.Attributes["sluice.target"], upload.Attributes["sluice.rule"]));
        Assert.Equal($"00-{Trace}-{outgoing.Id}-01", (await server.Service.SeenAsync(path)).Header("traceparent"), ignoreCase: true);
    }

    [Fact]
    public async Task The_metrics_of_one_upload_are_those_of_one_upload()
    {
        await using var server = await TelemetryServer.StartAsync(azurite);
        using var answer = await PutAsync(server, $"blobs/{server.Container.Name}/m", Bytes);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        // The warm-up at the start is in none of them.
        var took = await server.Receiver.UntilAsync(static receiver => receiver.Point("sluice.upload.duration"));
        Assert.Equal(("s", 1), (took.Unit, took.Count));
        Assert.InRange(took.Value, 0.001, 60);
        var stored = server.Receiver.Point("sluice.upload.bytes", ("sluice.container", server.Container.Name));
        Assert.Equal(("By", Bytes), (stored!.Unit, stored.Value));
        Assert.Equal(4, Storage("PutBlock")!.Count);
        Assert.Equal(1, Storage("PutBlockList")!.Count);
        Assert.Null(Storage("PutBlob"));
        Assert.Equal(67_108_864, server.Receiver.Point("sluice.memory.budget")!.Value);
        Assert.Null(server.Receiver.Point("sluice.failures"));
        _ = await server.Receiver.UntilAsync(static receiver => receiver.Point("sluice.uploads.active") is { Value: 0 } none ? none : null);
        _ = await server.Receiver.UntilAsync(static receiver => receiver.Point("sluice.memory.used") is { Value: 0 } none ? none : null);
        Assert.Equal(1, (await server.Receiver.UntilAsync(static receiver => receiver.Point("http.server.request.duration"))).Count);

        OtlpPoint? Storage(string operation) =>
            server.Receiver.Point("sluice.storage.request.duration", ("sluice.operation", operation), ("http.response.status_code", "201"));
    }

    [Fact]
    public async Task A_failure_names_phase_and_party_on_the_spans_and_in_the_metrics()
    {
        await using var server = await TelemetryServer.StartAsync(azurite, ("Sluice:Body:MaxBytes", "1000"));
        using var answer = await PutAsync(server, $"blobs/{server.Container.Name}/m", 1001);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);

        var failures = await server.Receiver.UntilAsync(static receiver => receiver.Point(
            "sluice.failures", ("sluice.failure", "BodyTooLarge"), ("sluice.phase", "Admit"), ("sluice.party", "Client")));
        Assert.Equal(1, failures.Value);
        var spans = await TraceAsync(server, 3);
        foreach (var name in (string[])["sluice.upload", "sluice.admit"])
        {
            var span = Assert.Single(spans, span => span.Name == name);
            Assert.True(span.Failed);
            Assert.Equal(
                ("BodyTooLarge", "Admit", "Client"),
                (span.Attributes["error.type"], span.Attributes["sluice.phase"], span.Attributes["sluice.party"]));
        }
    }

    [Fact]
    public async Task A_key_in_a_query_is_in_no_telemetry()
    {
        await using var server = await TelemetryServer.StartAsync(azurite);
        server.Client.DefaultRequestHeaders.Remove("x-functions-key");
        var path = server.Service.At(Scripts.Echo);
        using var answer = await PutAsync(server, $"relay/service/{path}?code={TelemetryServer.Key}&q=private", Bytes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var spans = await TraceAsync(server, 4);
        _ = await server.Receiver.UntilAsync(
            static receiver => receiver.Logs.FirstOrDefault(static log => log.Body.StartsWith("Relayed ", StringComparison.Ordinal)));
        var told = string.Join(
            '\n', spans.SelectMany(static span => span.Attributes)
                .Concat(server.Receiver.Logs.SelectMany(static log => log.Attributes)).Select(static pair => pair.Value)
            .Concat(server.Receiver.Logs.Select(static log => log.Body)));
        Assert.Contains(path, told, StringComparison.Ordinal);
        Assert.DoesNotContain(TelemetryServer.Key, told, StringComparison.Ordinal);
        Assert.DoesNotContain("private", told, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PutAsync(TelemetryServer server, string path, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/{path}")
        {
            Content = new ByteArrayContent(Payload.Random(bytes))
        };
        request.Headers.Add("traceparent", $"00-{Trace.ToLowerInvariant()}-b7ad6b7169203331-01");
        return await server.Client.SendAsync(request, Token);
    }

    // The spans of the client's trace, once there are so many. There are no others: a start exports nothing.
    private static async Task<IReadOnlyList<OtlpSpan>> TraceAsync(TelemetryServer server, int count)
    {
        var spans = await server.Receiver.UntilAsync(receiver => receiver.Spans is { } spans && spans.Count >= count ? spans : null);
        Assert.All(spans, static span => Assert.Equal(Trace, span.Trace));
        return spans;
    }
}
