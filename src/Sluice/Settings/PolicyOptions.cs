using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// A service that is asked about every upload through Sluice's own routes, before anything of it is stored or relayed. The question is
/// small JSON, signed with Standard Webhooks; the answer refuses the upload, or accepts it with further restrictions.
/// </summary>
public sealed class PolicyOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Policy";

    /// <summary>The service, one of <c>Sluice:Relay:Targets</c>. The default is none: no service is asked.</summary>
    public string? Target { get; set; }

    /// <summary>The path below the target's own, not encoded. The default is the target's own path.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// The secret that signs the question: <c>whsec_</c> and 24 to 64 bytes in base64. Required with a target. No default.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>
    /// How long the service may take for its whole answer, including the token and the connection. The default is 5 seconds: the client
    /// waits for as long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What happens to an upload if the service can't be reached, does not answer in time, or is busy. The default is
    /// <see cref="PolicyWhenDown.Refuse"/>. An answer that is not a valid decision always fails the upload.
    /// </summary>
    public PolicyWhenDown WhenDown { get; set; } = PolicyWhenDown.Refuse;

    /// <summary>The headers of the upload that the service sees, by name. The default is none: headers may contain credentials.</summary>
    public IList<string> Headers { get; } = [];

    /// <summary>
    /// How many of the body's first bytes the service sees, in bytes. The default is 256. At most the peek window is seen.
    /// </summary>
    [Range(0, 16 * 1024)]
    public int FirstBytes { get; set; } = 256;

    /// <summary>
    /// How many decisions are kept for as long as their <c>Cache-Control: max-age</c> says (RFC 9111, section 5.2.2.1). The default is
    /// 1,000; 0 keeps none.
    /// </summary>
    [Range(0, 100_000)]
    public int CacheEntries { get; set; } = 1_000;
}
