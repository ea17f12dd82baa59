using System.IO.Hashing;
using Azure.Core;
using Azure.Core.Pipeline;
using Sluice.Digests;
using Sluice.Memory;

namespace Sluice.Storage;

/// <summary>
/// The transactional checksum of a block: CRC-64/NVME, which is Azure's <c>x-ms-content-crc64</c>. It is computed once, before the first
/// attempt, over the memory that is sent, so storage refuses a block that was corrupted on the way. The SDK's own CRC64 option sends a
/// structured message instead of the header, which Azurite stores as if it were content.
/// </summary>
internal sealed class BlockChecksum : HttpPipelineSynchronousPolicy
{
    private const string Header = "x-ms-content-crc64";

    /// <summary>Adds the block's checksum to the requests of this flow until disposed.</summary>
    public static IDisposable Send(Block block) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Header] = Of(block) });

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Header, out var checksum))
        {
            message.Request.Headers.SetValue(Header, (string)checksum!);
        }
    }

    private static string Of(Block block)
    {
        var crc = new Crc64(Crc64ParameterSet.Nvme);
        long position = 0;
        for (var piece = block.Filled(position); !piece.IsEmpty; piece = block.Filled(position))
        {
            crc.Append(piece.Span);
            position += piece.Length;
        }

        return Convert.ToBase64String(RunningCrc64.Bytes(crc));
    }
}
