namespace Sluice.Settings;

/// <summary>
/// The origins of web pages of other sites that may call the API (section <c>Sluice:Cors</c>), by group of routes. Each is an origin as
/// browsers send it (<c>https://app.example.com</c>), or <c>*</c> for any. The default is none: browsers then show pages of other sites no
/// response. The origins for resumable uploads are <see cref="ResumableOptions.AllowedOrigins"/>.
/// </summary>
public sealed class CrossOriginOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Sluice:Cors";

    /// <summary>Origins whose pages may store, read, list and delete blobs, and post forms: <c>/api/blobs</c>.</summary>
    public IList<string> Blobs { get; } = [];

    /// <summary>Origins whose pages may send bodies to the rules: <c>/api/ingest</c>.</summary>
    public IList<string> Ingest { get; } = [];
}
