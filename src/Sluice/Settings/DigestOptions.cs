using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>Which digests there are of a body.</summary>
public sealed class DigestOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Digests";

    /// <summary>
    /// The digests that are computed of every stored body, kept with the blob and told in <c>Repr-Digest</c>: <c>None</c>, <c>Sha256</c>, <c>Sha512</c>,
    /// or both with a comma. The default is SHA-256: it lets a sender compare what is stored with what it meant to send, for a fifth of the
    /// CPU time of an upload (docs/decisions/digests.md). What a request declares or wants is computed for that request all the same.
    /// </summary>
    [Range((int)ComputedDigests.None, (int)(ComputedDigests.Sha256 | ComputedDigests.Sha512))]
    public ComputedDigests Compute { get; set; } = ComputedDigests.Sha256;
}
