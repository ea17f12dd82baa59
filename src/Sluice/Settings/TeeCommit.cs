namespace Sluice.Settings;

/// <summary>Which side of a tee, a body that is stored and relayed at once, decides about the request.</summary>
public enum TeeCommit
{
    /// <summary>
    /// Both must succeed: the blob is published only after the downstream service answered 2xx. Otherwise the request fails.
    /// </summary>
    Both,

    /// <summary>
    /// The blob decides: it is published once it is stored, whatever the downstream service says. A failure of that is reported in the
    /// receipt.
    /// </summary>
    BlobFirst,

    /// <summary>
    /// The downstream service decides: its answer is the client's answer. The blob is published after its 2xx, and a failure of the blob
    /// does not fail the request.
    /// </summary>
    DownstreamFirst,
}
