namespace Sluice;

/// <summary>Which side of a tee decides what.</summary>
public enum TeeCommit
{
    /// <summary>The blob is published only after the downstream service took the whole body and answered 2xx. Anything else: neither.</summary>
    Both,

    /// <summary>The blob is published once stored, whatever the downstream service says; its failure is reported in the receipt.</summary>
    BlobFirst,

    /// <summary>
    /// The downstream service's answer is the client's answer. The blob is published after a 2xx; where storage fails, that is logged and counted,
    /// and does not fail the request.
    /// </summary>
    DownstreamFirst,
}
