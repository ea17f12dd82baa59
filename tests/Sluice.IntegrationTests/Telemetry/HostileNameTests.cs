using System.Text;
using System.Text.Json;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Multipart;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Telemetry;

/// <summary>Names that would write lines of their own into a log, by every way in.</summary>
public sealed class HostileNameTests(AzuriteFixture azurite)
{
    // A line of its own, a terminal's escape, C1, a line's end of Unicode, and a direction that is turned.
    private static readonly string[] _names = ["a\nFailed b", "a\u001b[31mb", "a\u0085b", "a\u2028b", "a\u202etxt.exe", "a\u007fb"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_way_in_lets_one_reach_a_log_as_it_is()
    {
        await using var server = await TelemetryServer.StartAsync(
            azurite,
            ("Sluice:Hooks:Sources:open:Scheme", "none"),
            ("Sluice:Hooks:Sources:open:IdPointer", "/id"),
            ("Sluice:Hooks:Sources:open:Store:Container", "{container}"),
            ("Sluice:Hooks:Sources:open:Relay:Target", "service"),
            ("Sluice:Hooks:Sources:open:Relay:Path", "{json:/id}"),
            ("Sluice:Resumable:Keys:0", Convert.ToBase64String(new byte[32])),
            ("Sluice:Resumable:Name", "{filename}"));
        var lines = 0;
        foreach (var name in _names)
        {
            var escaped = Uri.EscapeDataString(name);
            await SendAsync(HttpMethod.Put, $"blobs/{server.Container.Name}/{escaped}", Payload.Content([1]));
            await SendAsync(HttpMethod.Put, $"blobs/{escaped}/x", Payload.Content([1]));
            await SendAsync(HttpMethod.Put, $"ingest/{escaped}", Payload.Content([1]));
            await SendAsync(HttpMethod.Put, $"relay/service/{escaped}", Payload.Content([1]));
            await SendAsync(HttpMethod.Put, $"relay/{escaped}/x", Payload.Content([1]));
            await SendAsync(HttpMethod.Post, "hooks/open", Payload.Content(JsonSerializer.SerializeToUtf8Bytes(new { id = name })));
            var form = new ChromiumForm().Field("prefix", name).Part(
                $"Content-Disposition: form-data; name=f; filename*=UTF-8''{escaped}", "1");
            await SendAsync(HttpMethod.Post, $"blobs/{server.Container.Name}", form.Content());
            await SendAsync(
                HttpMethod.Post, "files", null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "5"),
                ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"));
            lines += 8;
        }

        var logs = await server.Receiver.UntilAsync(receiver => receiver.Logs is { } all
            && all.Count(static log => log.Scope.StartsWith("Sluice", StringComparison.Ordinal)) >= lines ? all : null);
        Assert.DoesNotContain(logs.SelectMany(Texts), static text => _names.Any(name => text.Contains(name, StringComparison.Ordinal)));

        // Others have line ends of their own, and so have stack traces.
        foreach (var text in logs.Where(static log => log.Scope.StartsWith("Sluice", StringComparison.Ordinal)).SelectMany(Texts))
            Assert.True(text.All(IsHarmless), text);
        Assert.Contains(logs, static log => log.Body.Contains("a\\u000AFailed b", StringComparison.Ordinal));

        static IEnumerable<string> Texts(OtlpLog log) =>
            log.Attributes.Where(static pair => pair.Key != "exception.stacktrace").Select(static pair => pair.Value).Append(log.Body);

        static bool IsHarmless(char c) =>
            !(char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

        async Task SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, $"/api/{path}") { Content = content };
            foreach (var (header, value) in headers)
                request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await server.Client.SendAsync(request, Token);
            Assert.NotEqual(500, (int)answer.StatusCode);
        }
    }
}
