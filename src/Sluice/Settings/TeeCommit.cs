namespace Sluice.Settings;

/// <summary>Which side of a tee decides about the request. A tee stores and relays one body at the same time.</summary>
public enum TeeCommit
{
    /// <summary>
    /// Both must succeed: the blob is published only after the downstream service has answered 2xx. Otherwise the request fails.
    /// </summary>
    Both,

    /// <summary>
    /// The blob decides: it is published once it is stored, whatever the downstream service answers. The receipt reports a downstream
    /// failure.
    /// </summary>
    BlobFirst,

    /// <summary>
    /// The downstream service decides: the client gets its answer. The blob is published after a 2xx answer. If storing fails, the request
    /// does not fail.
    /// </summary>
    DownstreamFirst,

    /// <summary>
    /// As <see cref="BlobFirst"/>, and a downstream service that does not answer 2xx gets the body again from the blob, for days if need be.
    /// For rules and webhook sources, with the package <c>Sluice.Events</c>.
    /// </summary>
    BlobFirstWithRetries,
}
