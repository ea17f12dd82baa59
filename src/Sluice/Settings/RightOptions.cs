using System.ComponentModel.DataAnnotations;

namespace Sluice.Settings;

/// <summary>
/// What some callers may do (<c>Sluice:Rights</c>, a list). As soon as there is one right, nobody may do anything that no right allows. For
/// each request, the first right whose <see cref="Callers"/>, <see cref="Operations"/> and place fit decides, with its limits.
/// </summary>
public sealed class RightOptions
{
    /// <summary>The configuration section of the list.</summary>
    internal const string Section = "Sluice:Rights";

    /// <summary>In place of a container or a target: any.</summary>
    internal const string Any = "*";

    /// <summary>The name of the right, for the report of <c>POST /api/peek</c>. Required, and unique.</summary>
    public string? Name { get; set; }

    /// <summary>Whom the right is for. At least one condition is required.</summary>
    public RightCallerOptions? Callers { get; set; }

    /// <summary>What the right allows. At least one is required.</summary>
    public IList<RightOperation> Operations { get; } = [];

    /// <summary>
    /// The containers that it is for, by the names that clients use; <c>*</c> for all. Required, unless it is for <c>Relay</c> only.
    /// </summary>
    public IList<string> Containers { get; } = [];

    /// <summary>
    /// The folder that it is for: the blob of that name, and all whose names continue after a slash. <c>a</c> is for <c>a/b</c>, and not
    /// for <c>ab</c>. Names are case-sensitive. <c>{caller:id}</c> and <c>{claim:NAME}</c> stand for the caller's values, made safe as in
    /// names of blobs; at most one in each segment. A caller without such a value does not have the right. The default is empty: whole
    /// containers.
    /// </summary>
    public string Prefix { get; set; } = "";

    /// <summary>The targets (<c>Sluice:Relay:Targets</c>) that it is for; <c>*</c> for all. Required for <c>Relay</c>.</summary>
    public IList<string> Targets { get; } = [];

    /// <summary>The largest body, in bytes. The default is null: as large as is possible otherwise.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>
    /// Which media types a body may have. For a resumable upload, only the declared type is checked, as no byte has arrived when it is
    /// created. The default is null: any that is accepted otherwise.
    /// </summary>
    public MediaTypePolicyOptions? MediaTypes { get; set; }

    /// <summary>
    /// How many bytes each of the callers may send a day (UTC) by this right. It requires <c>Sluice:Blob:QuotaContainer</c>. The default is
    /// null: any number.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? BytesPerDay { get; set; }
}
