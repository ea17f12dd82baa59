using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Callers;
using Sluice.Routing;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>An upload that an <see cref="IUploadPolicy"/> decides about. A test of a policy can make one.</summary>
public sealed class IncomingUpload
{
    /// <summary>
    /// The request, for its user, headers and route values (<c>source</c> is that of a webhook). Neither its body nor its response may be
    /// touched: <see cref="Peek"/> has the first bytes.
    /// </summary>
    public required HttpRequest Request { get; init; }

    /// <summary>The random id of the upload, which its blob keeps in the metadata <c>sluice_upload</c>.</summary>
    public Guid Id { get; init; }

    /// <summary>The kind of route that it came through.</summary>
    public UploadKind Kind { get; init; }

    /// <summary>
    /// The caller that limits count against: <c>key:{name}</c>, <c>token:{id}</c>, <c>principal:{id}</c>, <c>hook:{source}</c> or
    /// <c>address:{address}</c>. On Azure Functions the host checks keys and does not report which one was used. The default is empty:
    /// unknown.
    /// </summary>
    public string Caller { get; init; } = "";

    /// <summary>Who sent it: how that is known, its id, scopes, roles and claims. The default is a caller of which nothing is known.</summary>
    public Caller Identity { get; init; } = Callers.Caller.Unknown;

    /// <summary>The container that the body would be stored in; null if it is only relayed.</summary>
    public string? Container { get; init; }

    /// <summary>The name of the blob that the body would become; null if it is only relayed.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The name of the service that the body would be relayed to (<c>Sluice:Relay:Targets</c>); null if it is only stored.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The rule (<c>Sluice:Routes</c>) that chose the destination; null if the request named it.</summary>
    public string? Rule { get; init; }

    /// <summary>
    /// Whether it is a part of a tus concatenation. The upload that is made of the parts is decided by itself, and is the one to rename.
    /// </summary>
    public bool IsPart { get; init; }

    /// <summary>
    /// The name of the file at its sender: the <c>filename</c> of a form's part, of <c>Content-Disposition</c> or of tus metadata; null if
    /// it sent none. It is as the client sent it: don't use it as the name of a blob without checking it.
    /// </summary>
    public string? FileName { get; init; }

    /// <summary>The declared length in bytes; null if none was declared.</summary>
    public long? Length { get; init; }

    /// <summary>The declared media type, with its parameters; null if none was declared.</summary>
    public string? DeclaredMediaType { get; init; }

    /// <summary>The metadata that would be stored with the blob; its names are not case-sensitive.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The first bytes of the body, and the media type that they show. Null for a resumable upload, which is decided when it is created,
    /// before any of its bytes are read.
    /// </summary>
    public BodyPeek? Peek { get; init; }

    internal static IncomingUpload Of(
        HttpRequest request, UploadKind kind, Upload upload, Destination destination, string? rule, BodyPeek? peek) =>
        new()
        {
            Request = request,
            Id = upload.Id,
            Kind = kind,
            Caller = upload.Caller,
            Identity = upload.Identity,
            Container = destination.Store?.Container,
            Name = destination.Store?.Name,
            Target = destination.Relay?.Target,
            Rule = rule,
            IsPart = upload.IsPart,
            FileName = upload.FileName
                ?? DispositionFileName.Of(upload.Properties.ContentDisposition)
                ?? DispositionFileName.Of(request.Headers.ContentDisposition),
            Length = upload.Length,
            DeclaredMediaType = upload.Properties.ContentType,
            Metadata = upload.Properties.Metadata,
            Peek = peek,
        };
}
