namespace Sluice.Storage;

/// <summary>When a blob may be written (RFC 9110, section 13.1): checked before the body, and enforced by storage in the commit.</summary>
/// <param name="IfMatch"><c>*</c> or one strong entity tag, quotes included: overwrite only this.</param>
/// <param name="IfNoneMatch"><c>*</c> or one entity tag, quotes included: do not overwrite this.</param>
internal sealed record WriteCondition(string? IfMatch, string? IfNoneMatch)
{
    /// <summary>Overwrite only a blob that was not written after this time. Ignored if <see cref="IfMatch"/> is given.</summary>
    public DateTimeOffset? IfUnmodifiedSince { get; init; }

    /// <summary>No condition: the last complete commit wins.</summary>
    public static WriteCondition None { get; } = new(null, null);

    /// <summary>Whether there is a condition at all.</summary>
    public bool IsSet => IfMatch is not null || IfNoneMatch is not null || IfUnmodifiedSince is not null;

    /// <summary>Whether the write may replace what is stored now (null: nothing is).</summary>
    public bool Allows(string? currentETag, DateTimeOffset? lastModified = null)
    {
        var matches = IfMatch is null || (currentETag is not null && (IfMatch == "*" || IfMatch == currentETag));
        var differs = IfNoneMatch is null || currentETag is null || (IfNoneMatch != "*" && Strong(IfNoneMatch) != currentETag);
        var unmodified = IfMatch is not null || IfUnmodifiedSince is null || lastModified is null || lastModified <= IfUnmodifiedSince;
        return matches && differs && unmodified;
    }

    // If-None-Match compares weakly (RFC 9110, section 13.1.2), and storage's own tags are strong.
    private static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
