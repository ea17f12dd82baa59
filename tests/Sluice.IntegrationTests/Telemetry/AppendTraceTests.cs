using System.Net;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>An append of a resumable upload has the frame of every body: the same spans, and its log lines in their trace.</summary>
public sealed class AppendTraceTests(AzuriteFixture azurite)
{
    private const string Trace = "0AF7651916CD43DD8448EB211C80319C";
    private const int Bytes = 200_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_patch_has_a_span_with_its_stages_and_a_blob_that_is_logged_in_it()
    {
        await using var server = await TelemetryServer.StartAsync(
            azurite,
            ("Sluice:Resumable:Keys:0", Convert.ToBase64String(new byte[32])),
            ("Sluice:Resumable:Name", "{filename}"));
        using var created = await SendAsync(
            server, HttpMethod.Post, "/api/files", null, traced: false,
            ("Upload-Length", $"{Bytes}"), ("Upload-Metadata", "filename YS5iaW4="));
        using var appended = await SendAsync(
            server, HttpMethod.Patch, created.Headers.Location!.OriginalString, Payload.Content(Payload.Random(Bytes)), traced: true,
            ("Upload-Offset", "0"));
        Assert.Equal(HttpStatusCode.NoContent, appended.StatusCode);

        var spans = await server.Receiver.UntilAsync(static receiver =>
            receiver.Spans.Where(static span => span.Trace == Trace).ToList() is { Count: >= 5 } all ? all : null);
        var upload = Assert.Single(spans, static span => span.Name == "sluice.upload");
        Assert.Equal(
            ["sluice.admit", "sluice.transfer", "sluice.seal"],
            spans.Where(span => span.Parent == upload.Id).OrderBy(static span => span.Start).Select(static span => span.Name));
        Assert.Equal(
            [
                ("sluice.blob", "a.bin"), ("sluice.blocks", "1"), ("sluice.bytes", $"{Bytes}"),
                ("sluice.container", server.Container.Name), ("sluice.offset", $"{Bytes}")
            ],
            upload.Attributes.Select(static attribute => (attribute.Key, attribute.Value)).Order());

        var log = await server.Receiver.UntilAsync(
            static receiver => receiver.Logs.FirstOrDefault(static log => log.Body.StartsWith("Stored ", StringComparison.Ordinal)));
        Assert.Equal(("Sluice.Resumable.ResumableUploads", Trace), (log.Scope, log.Trace));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TelemetryServer server, HttpMethod method, string path, HttpContent? content, bool traced,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        if (traced)
            request.Headers.Add("traceparent", $"00-{Trace.ToLowerInvariant()}-b7ad6b7169203331-01");
        content?.Headers.TryAddWithoutValidation("Content-Type", "application/offset+octet-stream");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await server.Client.SendAsync(request, Token);
    }
}
