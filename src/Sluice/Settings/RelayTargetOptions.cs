using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>One service that bodies may be relayed to (<c>Sluice:Relay:Targets:{name}</c>).</summary>
public sealed class RelayTargetOptions
{
    /// <summary>
    /// The base URL of the service: <c>https://host[:port][/path]</c>. The path of a relayed request is appended to it and can't escape it.
    /// Required.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>The methods that the target accepts. Empty, the default, means GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.</summary>
    public IList<string> Methods { get; } = [];

    /// <summary>
    /// The paths below <see cref="Address"/> that clients may request, as prefixes of whole segments (<c>/v1/events</c> allows
    /// <c>/v1/events/7</c>, not <c>/v1/eventsource</c>). Empty, the default, allows all.
    /// </summary>
    public IList<string> PathPrefixes { get; } = [];

    /// <summary>Headers that are set on every request and replace the client's own, for instance an API key. No default.</summary>
    public IDictionary<string, string> AddHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Headers of the client that are not passed on, in addition to those that are never passed on (docs/relay.md). No default.
    /// </summary>
    public IList<string> RemoveHeaders { get; } = [];

    /// <summary>
    /// How long no bytes may move, in either direction, before the request is abandoned. The answer is 504, or 408 if Sluice was waiting
    /// for the client. The default is 100 seconds, the same as YARP's: a service may need time to answer. This is an idle time-out; a slow
    /// transfer may take hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long it may take to establish a connection, including TLS. The default is 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body sent to the target, in bytes. The default is null: only <c>Sluice:Body:MaxBytes</c> applies.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// The largest response passed back, in bytes. The default is null: any size. If a larger response declares its length, the client gets
    /// 502. Otherwise the connection is cut when the limit is reached.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long? MaxResponseBytes { get; set; }

    /// <summary>
    /// Which media types the target accepts. The default is null: all, and then a body is forwarded without waiting for its first bytes to
    /// be inspected.
    /// </summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>The HTTP version that is used for the target. The default is <see cref="RelayHttpVersion.Negotiate"/>.</summary>
    public RelayHttpVersion HttpVersion { get; set; } = RelayHttpVersion.Negotiate;

    /// <summary>
    /// Whether a body is announced with <c>Expect: 100-continue</c> (RFC 9110, section 10.1.1), so that the service can refuse it before it
    /// is sent and its answer still arrives. The default is true. It costs one round trip; a service that does not support it costs a
    /// second.
    /// </summary>
    public bool ExpectContinue { get; set; } = true;

    /// <summary>
    /// The scope of a token that is acquired with <c>DefaultAzureCredential</c> and sent as a bearer token, for instance
    /// <c>api://orders/.default</c>. The client's own <c>Authorization</c> is then not passed on. No default.
    /// </summary>
    public string? TokenScope { get; set; }

    /// <summary>A PKCS#12 file with the client certificate and key that are presented to the service. No default.</summary>
    public string? ClientCertificatePath { get; set; }

    /// <summary>The password of <see cref="ClientCertificatePath"/>. No default.</summary>
    public string? ClientCertificatePassword { get; set; }
}
