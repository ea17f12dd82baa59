using System.Text.Json;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>Senders' own libraries, in Node.js.</summary>
internal static class Signer
{
    private static readonly Lazy<Task<string>> _folder = new(static () =>
        new NpmFolder("signers", Repository.PathOf("tests/Sluice.IntegrationTests/Webhooks/signers"), "sign.mjs", "examples.mjs")
            .InstallAsync());

    /// <summary>The headers that each delivery is sent with, in order.</summary>
    public static async Task<IReadOnlyList<Dictionary<string, string>>> SignAsync(IEnumerable<SignerRequest> deliveries)
    {
        var input =
            string.Concat(deliveries.Select(static delivery => JsonSerializer.Serialize(delivery, JsonSerializerOptions.Web) + "\n"));
        var output = (await Command.RunAsync("node", ["sign.mjs"], await _folder.Value, input)).Succeeded();
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => new Dictionary<string, string>(
                    JsonSerializer.Deserialize<Dictionary<string, string>>(line)!, StringComparer.OrdinalIgnoreCase)),
        ];
    }

    /// <summary>GitHub's example payloads, as GitHub delivers them: each as JSON, and the first of each event as a form too.</summary>
    /// <param name="secret">The webhook's secret.</param>
    public static async Task<IReadOnlyList<SignedExample>> ExamplesAsync(string secret)
    {
        var output = (await Command.RunAsync("node", ["examples.mjs", secret], await _folder.Value)).Succeeded();
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonSerializer.Deserialize<SignedExample>(line, JsonSerializerOptions.Web)!),
        ];
    }
}
