using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Routing;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>An upload that an <see cref="IUploadPolicy"/> decides about.</summary>
public sealed class IncomingUpload
{
    private readonly Upload _upload;
    private readonly Destination _destination;

    internal IncomingUpload(HttpRequest request, Upload upload, Destination destination, string? rule, BodyPeek? peek) =>
        (Request, _upload, _destination, Rule, Peek) = (request, upload, destination, rule, peek);

    /// <summary>
    /// The request, for its user, headers and route values (<c>source</c> is that of a webhook). Its body must not be read:
    /// <see cref="Peek"/> has the first bytes.
    /// </summary>
    public HttpRequest Request { get; }

    /// <summary>
    /// The caller that limits count against: <c>key:{name}</c>, <c>hook:{source}</c> or <c>address:{address}</c>. On Azure Functions the
    /// host checks keys and does not report which one was used.
    /// </summary>
    public string Caller => _upload.Caller;

    /// <summary>The container that the body would be stored in; null if it is only relayed.</summary>
    public string? Container => _destination.Store?.Container;

    /// <summary>The name of the blob that the body would become; null if it is only relayed.</summary>
    public string? Name => _destination.Store?.Name;

    /// <summary>
    /// The name of the service that the body would be relayed to (<c>Sluice:Relay:Targets</c>); null if it is only stored.
    /// </summary>
    public string? Target => _destination.Relay?.Target;

    /// <summary>The rule (<c>Sluice:Routes</c>) that chose the destination; null if the request named it.</summary>
    public string? Rule { get; }

    /// <summary>
    /// The name of the file at its sender: the <c>filename</c> of a form's part, of <c>Content-Disposition</c> or of tus metadata; null if
    /// it sent none. It is as the client sent it: don't use it as the name of a blob without checking it.
    /// </summary>
    public string? FileName => _upload.FileName ?? DispositionFileName.Of(_upload.Properties.ContentDisposition);

    /// <summary>The declared length in bytes; null if none was declared.</summary>
    public long? Length => _upload.Length;

    /// <summary>The declared media type, with its parameters; null if none was declared.</summary>
    public string? DeclaredMediaType => _upload.Properties.ContentType;

    /// <summary>The metadata that would be stored with the blob.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _upload.Properties.Metadata;

    /// <summary>
    /// The first bytes of the body, and the media type that they show. Null for a resumable upload, which is decided about when it is
    /// created.
    /// </summary>
    public BodyPeek? Peek { get; }
}
