using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>What a request body may be, and how long it may take.</summary>
public sealed class BodyOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Body";

    /// <summary>
    /// The largest body accepted, in bytes. The default is null: as large as the block plan reaches, which is Azure's own limit
    /// (50,000 blocks of 4,000 MiB) for a body that declares its length.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// How long a client may send nothing of an upload, or take nothing of a download. The default is 30 seconds. This is an idle time-out, reset by every byte: a slow transfer may
    /// take hours. It replaces Kestrel's minimum data rate, which cuts a phone in a tunnel after 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes of a refused body are read and thrown away, so that a client that can't stop sending sees the answer.
    /// The default is 64 MiB; behind the Azure Functions host, which reads no answer before it has sent the whole body, all of them.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long DrainBytes { get; set; } = 64 << 20;

    /// <summary>
    /// How long a refused body is read and thrown away. The default is 10 seconds; behind the Azure Functions host 230, after
    /// which the platform's front end gives up. A client that sends nothing for <see cref="IdleTimeout"/> is cut before.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
