using Sluice.Body;
using Sluice.Callers;
using Sluice.Digests;
using Sluice.Downstream;
using Sluice.MediaTypes;
using Sluice.Rights;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>One body to store or relay, as its sender described it.</summary>
internal sealed record Upload
{
    /// <summary>A random id, of the upload and of its blocks.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>How it came in.</summary>
    public UploadKind Kind { get; init; } = UploadKind.Code;

    /// <summary>The source of webhooks that delivered it; null for any other upload.</summary>
    public string? Source { get; init; }

    /// <summary>Who sent it.</summary>
    public Caller Identity { get; init; } = Callers.Caller.Unknown;

    /// <summary>What identifies its sender, as events and logs have it; null if the sender is known by its address only.</summary>
    public string? CallerId => Identity.KnownId;

    /// <summary>The right that its sender needs to store it.</summary>
    public RightOperation Operation { get; init; } = RightOperation.Write;

    /// <summary>Whether the app's own code sends it, which needs no right.</summary>
    public bool IsOfApp { get; init; }

    /// <summary>The rights by which it is sent, once its destination is known.</summary>
    public Grant Grant { get; init; } = Grant.All;

    /// <summary>The caller it counts against, for shares and limits; empty if unknown.</summary>
    public string Caller { get; init; } = "";

    /// <summary>
    /// Whether the sender is proven to be who it claims to be, checked once the body's first bytes have been read. Null: nothing is claimed
    /// that could be forged.
    /// </summary>
    public Func<bool>? IsVouchedFor { get; init; }

    /// <summary>The body. Nothing of it has been read yet.</summary>
    public required IncomingBody Body { get; init; }

    /// <summary>The destination. Null: <see cref="Router"/> chooses it from the first bytes.</summary>
    public Destination? Destination { get; init; }

    /// <summary>
    /// How many bytes have to be inspected, in bytes, if more than <c>Sluice:Peek:WindowBytes</c>; at most
    /// <see cref="PeekOptions.MaxWindowBytes"/>.
    /// </summary>
    public int PeekBytes { get; init; }

    /// <summary>Chooses the destination.</summary>
    public IRouter? Router { get; init; }

    /// <summary>The name of the file at its sender, if the request has one beside its headers; it is as the client sent it.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether it is a part of a resumable upload, which later becomes a blob together with others.</summary>
    public bool IsPart { get; init; }

    /// <summary>Decides about it in code, once its destination is known; null: nobody does.</summary>
    public IUploadGate? Gate { get; init; }

    /// <summary>The largest allowed size, in bytes; null: as large as the destination allows.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The media types accepted there; null: any, or those of the rule.</summary>
    public MediaTypePolicy? MediaTypes { get; init; }

    /// <summary>Its declared length in bytes, if any.</summary>
    public long? Length { get; init; }

    /// <summary>The digests that were declared for it.</summary>
    public IReadOnlyList<Digest> Digests { get; init; } = [];

    /// <summary>The digests that its sender wants to be reported.</summary>
    public DigestPreference Wants { get; init; } = DigestPreference.None;

    /// <summary>Further checks that must pass before anything of it becomes visible. Their creator disposes of them.</summary>
    public IReadOnlyList<IBodyCheck> Checks { get; init; } = [];

    /// <summary>The properties to store with its bytes.</summary>
    public BlobProperties Properties { get; init; } = new();

    /// <summary>The condition for writing it.</summary>
    public WriteCondition Condition { get; init; } = WriteCondition.None;

    /// <summary>
    /// Whether the same bytes are stored once under its name, and other bytes under a derived name (<see cref="Deduplication"/>). Requires
    /// <c>If-None-Match: *</c> and a <see cref="Router"/>; its SHA-256 is always stored.
    /// </summary>
    public bool IsDeduplicated { get; init; }

    /// <summary>The services it may be relayed to, on behalf of the request that brought it.</summary>
    public IDownstreams Downstreams { get; init; } = NoDownstreams.Instance;

    /// <summary>Where it came from.</summary>
    /// <param name="rule">The rule that chose its destination, if one did.</param>
    /// <param name="sniffed">The media type that its first bytes show, if anybody looked.</param>
    public UploadOrigin Origin(string? rule, string? sniffed) => new(Kind)
    {
        Rule = rule,
        Source = Source,
        Caller = CallerId,
        DeclaredMediaType = Properties.ContentType,
        SniffedMediaType = sniffed,
    };

    /// <summary>The smaller of two limits; null where there is none.</summary>
    public static long? Least(long? one, long? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
