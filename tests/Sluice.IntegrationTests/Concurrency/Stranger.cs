using System.Globalization;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Concurrency;

/// <summary>How a client tries to keep a server busy with next to nothing.</summary>
public enum Stranger
{
    /// <summary>Declares a body and sends none of it.</summary>
    Silent,

    /// <summary>Asks for <c>100 Continue</c> and does not go on.</summary>
    Expectant,

    /// <summary>Sends a byte, and another one after 20 seconds.</summary>
    Trickling,

    /// <summary>Sends somewhat more than a peek window of a webhook whose signature will turn out to be forged.</summary>
    Forging,

    /// <summary>Sends as much as a block nearly holds, and stops.</summary>
    Stopping,
}

/// <summary>Does what a <see cref="Stranger"/> does.</summary>
internal static class Strangers
{
    private static readonly byte[] _part = new byte[1_000_000];

    public static async Task<RawClient> ComeAsync(
        this Stranger stranger, Uri server, string path, string hook, CancellationToken cancellationToken)
    {
        var client = await RawClient.ConnectAsync(server, cancellationToken);
        switch (stranger)
        {
            case Stranger.Silent:
                await client.SendHeadAsync(path, ["Content-Length: 10000000"], cancellationToken);
                break;
            case Stranger.Expectant:
                await client.SendHeadAsync(path, ["Content-Length: 10000000", "Expect: 100-continue"], cancellationToken);
                break;
            case Stranger.Trickling:
                await client.SendHeadAsync(path, ["Transfer-Encoding: chunked", "Content-Type: application/x-trickle"], cancellationToken);
                await client.SendChunkAsync(_part.AsMemory(0, 9_000), cancellationToken);
                break;
            case Stranger.Forging:
                await client.SendHeadAsync(
                    "POST",
                    hook,
                    [
                        "Content-Length: 10000000", $"X-GitHub-Delivery: {Guid.NewGuid()}", "X-GitHub-Event: push",
                        $"X-Hub-Signature-256: sha256={new string('0', 64)}"
                    ],
                    cancellationToken);
                await client.SendAsync(_part.AsMemory(0, 9_000), cancellationToken);
                break;
            case Stranger.Stopping:
                await client.SendHeadAsync(
                    path, [string.Create(CultureInfo.InvariantCulture, $"Content-Length: {10 * _part.Length}")], cancellationToken);
                await client.SendAsync(_part, cancellationToken);
                break;
        }

        return client;
    }
}
