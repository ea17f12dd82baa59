using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// What storage does with a blob beside keeping its bytes. It is part of the one request that makes the blob visible, so nobody ever sees
/// the blob without it.
/// </summary>
public sealed class BlobFeatureOptions
{
    /// <summary>
    /// The access tier: <c>Hot</c>, <c>Cool</c>, <c>Cold</c> or <c>Archive</c>
    /// (https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview). The default is null: the account's own.
    /// </summary>
    public string? Tier { get; set; }

    /// <summary>
    /// Index tags by name, at most 10 for a blob (https://learn.microsoft.com/azure/storage/blobs/storage-manage-find-blobs). The value
    /// <c>{mediaType}</c> is the media type that is stored, <c>{sha256}</c> the SHA-256 of the body in hexadecimal digits, if Sluice
    /// computes it. In a rule or a webhook source a value may also be a template, as the blob's name is. The default is none.
    /// </summary>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// After how many days a lifecycle rule of the account deletes the blob: 1, 7, 30, 90 or 365. It becomes the index tag
    /// <c>deleteAfterDays</c>, which the templates in <c>infra</c> have rules for. The default is null: never.
    /// </summary>
    public int? DeleteAfterDays { get; set; }

    /// <summary>
    /// For how many days from the commit on the blob can be neither changed nor deleted: a version-level immutability policy
    /// (https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview), which the container has to support. The default is
    /// null: no policy.
    /// </summary>
    [Range(1, 146_000)]
    public int? ImmutableDays { get; set; }

    /// <summary>Whether that policy can still be shortened or removed. The default is <see cref="ImmutabilityMode.Unlocked"/>.</summary>
    public ImmutabilityMode ImmutabilityMode { get; set; }

    /// <summary>
    /// Whether the blob is under a legal hold: it can be neither changed nor deleted until the hold is cleared. The container has to
    /// support version-level immutability. The default is false.
    /// </summary>
    public bool LegalHold { get; set; }
}
