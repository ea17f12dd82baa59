using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>How large a request body may be, and how long it may take.</summary>
public sealed class BodyOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Body";

    /// <summary>
    /// The largest body accepted, in bytes. The default is null: the maximum of the block plan. For a body that declares its length, that
    /// is Azure's own limit (50,000 blocks of 4,000 MiB).
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// How long a client may send no bytes of an upload, or read no bytes of a download. The default is 30 seconds. This is an idle
    /// time-out, which every byte resets: a slow transfer may take hours. It replaces Kestrel's minimum data rate, which disconnects a
    /// phone in a tunnel after 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes of a refused body are read and discarded, so that a client that can't stop sending receives the answer. The default
    /// is 64 MiB. Behind the Azure Functions host, which reads no answer until it has sent the whole body, the default is the whole body.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long DrainBytes { get; set; } = 64 << 20;

    /// <summary>
    /// How long a refused body is read and discarded. The default is 10 seconds. Behind the Azure Functions host the default is 230
    /// seconds, after which the platform's front end gives up. A client that sends nothing for <see cref="IdleTimeout"/> is disconnected
    /// earlier.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
