using Sluice.Body;
using Sluice.Downstream;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Storage;

namespace Sluice.Uploads;

/// <summary>What is known of an upload after the steps 1 to 3.</summary>
/// <param name="Body">The reader of its bytes.</param>
/// <param name="Destination">Where it goes.</param>
internal sealed record RoutedUpload(IncomingBody Body, Destination Destination)
{
    /// <summary>The result of the peek; null if nothing depended on one.</summary>
    public PeekResult? Peek { get; init; }

    /// <summary>The body itself, if the peek read all of it and it is needed twice.</summary>
    public byte[]? Whole { get; init; }

    /// <summary>The search for a free name; null if the body is not deduplicated.</summary>
    public Deduplication? Deduplication { get; init; }

    /// <summary>The blob that it becomes, under the media type that it declares, or else shows.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="target">The blob.</param>
    /// <param name="rule">The rule that chose it, if one did.</param>
    public BlobWrite Write(Upload upload, BlobTarget target, string? rule)
    {
        var mediaType = MediaTypeChoice.Stored(upload.Properties.ContentType, Peek?.MediaType);
        var properties = upload.Properties with
        {
            ContentType = mediaType,
            Features = upload.Properties.Features.Then(Destination.Features),
        };
        return new BlobWrite(upload.Id, target, properties, upload.Condition, upload.Length)
        {
            Origin = upload.Origin(rule, Peek?.MediaType) with
            {
                PassOn = Destination.Later is [_, ..] later ? upload.Downstreams.Describe(later) : null,
            },
            FirstAttempt = Destination.Retried is null ? null : new FirstAttempt(),
        };
    }
}
