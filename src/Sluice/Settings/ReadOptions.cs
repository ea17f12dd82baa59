namespace Sluice.Settings;

/// <summary>What a browser may do with blobs that are read through Sluice (<c>GET /api/blobs/…</c>).</summary>
public sealed class ReadOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Read";

    /// <summary>
    /// Whether a browser may show and run what was stored: pages, scripts, SVG and XML, on the origin of this API. Anybody who may store a
    /// blob can then act as whoever opens it: with the key in their address bar, and with what their browser keeps for this origin. For an
    /// origin that serves a site, which only its owner writes. The default is false: such blobs are downloaded, and nothing of them runs.
    /// </summary>
    public bool ServeActiveContent { get; set; }

    /// <summary>
    /// Whose pages may embed a blob, as an image for instance (<c>Cross-Origin-Resource-Policy</c>). The default is <c>SameOrigin</c>:
    /// none but our own.
    /// </summary>
    public ReadResourcePolicy ResourcePolicy { get; set; } = ReadResourcePolicy.SameOrigin;
}
