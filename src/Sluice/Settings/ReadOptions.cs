namespace Sluice.Settings;

/// <summary>What a browser may do with blobs that are read through Sluice (<c>GET /api/blobs/…</c>).</summary>
public sealed class ReadOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Read";

    /// <summary>
    /// Whether a browser may display and run stored content: pages, scripts, SVG and XML, on the origin of this API. If it is true, anybody
    /// who may store a blob can act as the user who opens it: with the key in that user's address bar, and with what the browser stores for
    /// this origin. Set it to true only for an origin that serves a site that only its owner writes. The default is false: such blobs are
    /// downloaded, and nothing in them runs.
    /// </summary>
    public bool ServeActiveContent { get; set; }

    /// <summary>
    /// Whose pages may embed a blob, for instance as an image (<c>Cross-Origin-Resource-Policy</c>). The default is <c>SameOrigin</c>: only
    /// pages of this origin.
    /// </summary>
    public ReadResourcePolicy ResourcePolicy { get; set; } = ReadResourcePolicy.SameOrigin;
}
