using Sluice.Body;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>One body that has to go somewhere, as its sender described it.</summary>
internal sealed record Upload
{
    /// <summary>A random id: of the upload, and of its blocks.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Who brought it, as far as shares and limits are concerned; empty where that is not known.</summary>
    public string Caller { get; init; } = "";

    /// <summary>
    /// Whether something says that its sender is who it claims to be, asked once the body's first bytes were seen. Null: nothing is claimed that could be forged.
    /// </summary>
    public Func<bool>? IsVouchedFor { get; init; }

    /// <summary>The body. Nothing of it was read yet.</summary>
    public required IncomingBody Body { get; init; }

    /// <summary>Where it goes. Null: <see cref="Router"/> decides, on what is seen.</summary>
    public Destination? Destination { get; init; }

    /// <summary>Decides where it goes.</summary>
    public IRouter? Router { get; init; }

    /// <summary>The largest it may be, in bytes; null: as large as the destination allows.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Which media types may go there; null: any, or the rule says.</summary>
    public MediaTypePolicy? MediaTypes { get; init; }

    /// <summary>Its declared length in bytes, if any.</summary>
    public long? Length { get; init; }

    /// <summary>The digests that were declared of it.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>The digests that its sender wants to be told.</summary>
    public DigestPreference Wants { get; init; } = DigestPreference.None;

    /// <summary>What else has to agree before anything of it becomes visible. Whoever made them disposes of them.</summary>
    public IReadOnlyList<IBodyCheck> Checks { get; init; } = [];

    /// <summary>What is stored beside its bytes.</summary>
    public BlobProperties Properties { get; init; } = new();

    /// <summary>When it may be written.</summary>
    public WriteCondition Condition { get; init; } = WriteCondition.None;

    /// <summary>
    /// Whether the same bytes are stored once under its name, and others beside them (<see cref="Deduplication"/>). Goes with
    /// <c>If-None-Match: *</c> and a <see cref="Router"/>; its SHA-256 is kept, whatever else is.
    /// </summary>
    public bool IsDeduplicated { get; init; }

    /// <summary>The services it may be relayed to, by the request that brought it.</summary>
    public IDownstreams Downstreams { get; init; } = NoDownstreams.Instance;
}
