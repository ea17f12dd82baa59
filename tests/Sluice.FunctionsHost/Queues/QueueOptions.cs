using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sluice.FunctionsHost.Queues;

/// <summary>
/// What host.json says of queues, <c>extensions.queues</c>. The defaults are the host's:
/// https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue#host-json
/// </summary>
internal sealed record QueueOptions
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How many messages are received at once.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>How often a message is tried before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message is hidden after its function has failed.</summary>
    public TimeSpan VisibilityTimeout { get; init; }

    /// <summary>Whether texts are in base64.</summary>
    public bool Base64 { get; init; } = true;

    /// <summary>So few messages are in progress when the next ones are received.</summary>
    public int NewBatchThreshold => BatchSize / 2;

    /// <summary>Reads host.json; what it lacks has its default.</summary>
    public static QueueOptions Read(JsonElement host)
    {
        var defaults = new QueueOptions();
        if (!host.TryGetProperty("extensions", out var extensions) || !extensions.TryGetProperty("queues", out var queues))
            return defaults;
        return new QueueOptions
        {
            BatchSize = queues.TryGetProperty("batchSize", out var size) ? size.GetInt32() : defaults.BatchSize,
            MaxDequeueCount = queues.TryGetProperty("maxDequeueCount", out var count) ? count.GetInt32() : defaults.MaxDequeueCount,
            VisibilityTimeout = queues.TryGetProperty("visibilityTimeout", out var timeout)
                ? TimeSpan.Parse(timeout.GetString()!, CultureInfo.InvariantCulture)
                : defaults.VisibilityTimeout,
            Base64 = !queues.TryGetProperty("messageEncoding", out var encoding)
                || !string.Equals(encoding.GetString(), "none", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>What a message says; null if it is not encoded as it should be.</summary>
    public string? Decode(BinaryData body)
    {
        var text = body.ToString();
        if (!Base64)
            return text;
        try
        {
            return _strict.GetString(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
