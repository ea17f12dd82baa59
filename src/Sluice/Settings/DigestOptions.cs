using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>Which digests of a body are computed.</summary>
public sealed class DigestOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Digests";

    /// <summary>
    /// The digests that are computed for every stored body, stored with the blob and returned in <c>Repr-Digest</c>: <c>None</c>,
    /// <c>Sha256</c>, <c>Sha512</c>, or both separated by a comma. The default is SHA-256: it lets a sender compare what is stored with
    /// what it meant to send, and costs a fifth of the CPU time of an upload (docs/decisions/digests.md). A digest that a request declares
    /// or wants is always computed for that request.
    /// </summary>
    [Range((int)ComputedDigests.None, (int)(ComputedDigests.Sha256 | ComputedDigests.Sha512))]
    public ComputedDigests Compute { get; set; } = ComputedDigests.Sha256;
}
