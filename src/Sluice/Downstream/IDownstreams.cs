using Sluice.Failures;

namespace Sluice.Downstream;

/// <summary>The downstream services as one request of a client may use them.</summary>
internal interface IDownstreams
{
    /// <summary>Says why the request can't be relayed there, or null. Needs no byte of its body.</summary>
    Failure? Check(RelayPath path);

    /// <summary>The largest body that may be sent where <see cref="Check"/> has passed, in bytes.</summary>
    long? MaxBytes(RelayPath path);

    /// <summary>Describes the request for services that get it later.</summary>
    RelayRequest Describe(IReadOnlyList<RelayPath> paths);

    /// <summary>Opens a request that passed <see cref="Check"/>. Sends nothing yet.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="key">
    /// Identifies it, if it may be repeated (draft-ietf-httpapi-idempotency-key-header); null if it is sent once.
    /// </param>
    IDownstreamRequest Open(RelayPath path, Guid? key = null);
}
