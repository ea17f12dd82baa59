using System.Buffers;
using Sluice.Failures;
using Sluice.Peek;
using Sluice.Routing;
using Sluice.Routing.Templates;
using Sluice.Settings;

namespace Sluice.Uploads;

/// <summary>What the first bytes of an upload decide. The bytes themselves are valid only while this is made.</summary>
/// <param name="Result">What they show.</param>
/// <param name="Decision">What the router decided on them; the default if the request named a destination.</param>
/// <param name="Whole">The body itself, if these bytes are all of it and it is needed twice.</param>
/// <param name="HeadSha256">Their SHA-256, if the body is deduplicated; else empty.</param>
/// <param name="Head">A copy of the bytes, if the app's own code is shown them; else empty.</param>
internal sealed record PeekedUpload(
    PeekResult Result, Result<RouteDecision> Decision, byte[]? Whole, byte[] HeadSha256, byte[] Head)
{
    /// <summary>Looks at the first bytes of an upload.</summary>
    public static PeekedUpload Of(Upload upload, ReadOnlySequence<byte> head, bool isWhole)
    {
        var decision = upload.Router?.Decide(head, isWhole) ?? default;

        // A body that is stored first and passed on then is needed twice, and so is one whose name another may take first.
        var isNeededTwice = isWhole && decision.TryGet(out var decided, out _) && decided is { Store: not null }
            && (upload.IsDeduplicated || (decided.Relay is not null && decided.Commit?.IsBlobFirst() == true));
        return new(
            ContentSniffer.Describe(head, isWhole), decision, isNeededTwice ? head.ToArray() : null,
            upload.IsDeduplicated ? Sha256Part.Of(head) : [], upload.Gate is null ? [] : head.ToArray());
    }
}
