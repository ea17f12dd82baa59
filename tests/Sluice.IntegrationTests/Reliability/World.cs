using Azure.Storage.Blobs;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>What a campaign runs against: servers, the account behind them, and a downstream service.</summary>
internal abstract class World
{
    /// <summary>Where requests go now.</summary>
    public abstract Uri Address { get; }

    /// <summary>Where bodies with blocks larger than the memory go; null where there is no such server.</summary>
    public virtual Uri? PassingAddress => null;

    /// <summary>Where the server that listens at an address speaks HTTP/2; null where it does not.</summary>
    public virtual Uri? Http2(Uri address) => null;

    /// <summary>Sends requests.</summary>
    public abstract HttpClient Client { get; }

    /// <summary>The account, past the bad wire.</summary>
    public abstract BlobContainerClient Container { get; }

    /// <summary>Whether a request may stay without an answer, because its server is killed.</summary>
    public virtual bool MayBreak => false;

    /// <summary>Ends everything.</summary>
    public abstract CancellationToken Ending { get; }

    /// <summary>What the downstream service has received whole for a name: the SHA-256 of each body, in hexadecimal.</summary>
    public abstract IReadOnlyList<string> Received(string name);

    /// <summary>What else is to be said of a run that failed.</summary>
    public virtual string Note(string token) => "";
}
