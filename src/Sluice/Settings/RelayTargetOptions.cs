using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>One service that bodies may be relayed to (<c>Sluice:Relay:Targets:{name}</c>).</summary>
public sealed class RelayTargetOptions
{
    /// <summary>
    /// Where it is: <c>https://host[:port][/path]</c>. The path of a relayed request is put behind it and can never leave it. Required.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>The methods it takes; empty, the default, means GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.</summary>
    public IList<string> Methods { get; } = [];

    /// <summary>
    /// The paths below <see cref="Address"/> that may be asked for, as prefixes of whole segments (<c>/v1/events</c> allows
    /// <c>/v1/events/7</c>, not <c>/v1/eventsource</c>). Empty, the default, allows all.
    /// </summary>
    public IList<string> PathPrefixes { get; } = [];

    /// <summary>Headers set on every request, instead of the client's own, for instance an API key. No default.</summary>
    public IDictionary<string, string> AddHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the client that are not passed on, beside those that never are (docs/relay.md). No default.</summary>
    public IList<string> RemoveHeaders { get; } = [];

    /// <summary>
    /// How long nothing may move, in either direction, before the request is given up: 504, or 408 if it was the client's turn. The default is
    /// 100 seconds, YARP's own: a service may think for a while. An idle time-out; a slow transfer may take hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long making a connection may take, TLS included. The default is 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body sent to it, in bytes. The default is null: <c>Sluice:Body:MaxBytes</c> decides alone.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// The largest answer passed back, in bytes. The default is null: any. A larger one is 502 where its length is declared; else the
    /// connection is cut when it gets there.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long? MaxResponseBytes { get; set; }

    /// <summary>
    /// Which media types it takes. The default is null: all, and then a body is not held up until its first bytes were seen.
    /// </summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>Which HTTP it is spoken to in. The default is <see cref="RelayHttpVersion.Negotiate"/>.</summary>
    public RelayHttpVersion HttpVersion { get; set; } = RelayHttpVersion.Negotiate;

    /// <summary>
    /// Whether a body is announced with <c>Expect: 100-continue</c> (RFC 9110, section 10.1.1), so that the service can refuse it before it
    /// is sent and its answer still arrives. The default is true. It costs one round trip; a service that does not know it costs a second.
    /// </summary>
    public bool ExpectContinue { get; set; } = true;

    /// <summary>
    /// The scope of a token that is asked for by <c>DefaultAzureCredential</c> and sent as bearer, for instance
    /// <c>api://orders/.default</c>. The client's own <c>Authorization</c> is not passed on then. No default.
    /// </summary>
    public string? TokenScope { get; set; }

    /// <summary>A PKCS#12 file with the certificate and key to show to the service. No default.</summary>
    public string? ClientCertificatePath { get; set; }

    /// <summary>The password of <see cref="ClientCertificatePath"/>. No default.</summary>
    public string? ClientCertificatePassword { get; set; }
}
