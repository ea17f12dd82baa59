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

    /// <summary>Whether storage, and all that is between it and the servers, does what it should.</summary>
    public virtual bool StorageIsSound => true;

    /// <summary>Whether there may be more bodies under way than there is memory for.</summary>
    public virtual bool IsShortOfMemory => false;

    /// <summary>Whether servers are killed, so that an answer can be lost, and a request of a dead server reach storage.</summary>
    public virtual bool MayBreak => false;

    /// <summary>Whether the servers have so little patience that they may give an honest client up, on a busy machine.</summary>
    public virtual bool IsImpatient => false;

    /// <summary>How often a server was killed so far; an odd number while it is not back.</summary>
    public virtual int Interruptions => 0;

    /// <summary>Ends everything.</summary>
    public abstract CancellationToken Ending { get; }

    /// <summary>What the downstream service has received whole for a name: the SHA-256 of each body, in hexadecimal.</summary>
    public abstract IReadOnlyList<string> Received(string name);

    /// <summary>
    /// Whether a client that did nothing wrong may be answered so: 500 is a bug wherever it is, and servers whose storage is sound blame
    /// nobody but themselves, for want of memory.
    /// </summary>
    public virtual bool Allows(Reply reply) => reply.Status switch
    {
        500 => false,
        501 or 503 => true,
        > 500 => !StorageIsSound,
        408 => IsImpatient,
        _ => true,
    };

    /// <summary>What else is to be said of a run that failed.</summary>
    public virtual string Note(string token) => "";
}
