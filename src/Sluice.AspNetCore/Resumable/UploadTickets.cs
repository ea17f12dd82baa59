using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Resumable;
using Sluice.Routing.Evidence;
using Sluice.Routing.Templates;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Resumable;

/// <summary>Creates tickets for requests that create an upload, and reads the ticket from the URL of later requests.</summary>
internal sealed class UploadTickets(UploadKeys keys, IOptions<ResumableOptions> options, IOptions<BlobOptions> blob, TimeProvider time)
{
    // The prefix of Upload-Concat for an upload that is composed of parts.
    private const string FinalPrefix = "final;";

    private const int MaxParts = 100;

    private readonly Lazy<NameTemplate> _name = new(() => Compile(options.Value.Name, out _)!);

    /// <summary>Compiles the blob name template; null, with the reason, if it is invalid.</summary>
    public static NameTemplate? Compile(string name, out string? problem) =>
        NameTemplate.TryParse(
            name.Replace("{filename}", "{path}", StringComparison.Ordinal), BlobName.Problem, out var template, out problem)
            ? template
            : null;

    /// <summary>The ticket in the URL.</summary>
    public Result<UploadTicket> Find(HttpRequest request) => Find(request, request.RouteValues["id"] as string ?? "");

    /// <summary>The tickets of the parts of a final upload.</summary>
    public Result<IReadOnlyList<UploadTicket>> FindParts(HttpRequest request)
    {
        var parts = new List<UploadTicket>();
        foreach (var address in request.Headers[UploadHeaders.Concat].ToString()[FinalPrefix.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Find(request, address.Split('?')[0].Split('/')[^1]).TryGet(out var part, out var failure))
            {
                return failure;
            }

            if (part.Role != UploadRole.Part)
            {
                return Refused(
                    $"{UploadHeaders.Concat}: each part must be an upload that was created with {UploadHeaders.Concat}: partial.");
            }

            parts.Add(part);
        }

        return parts.Count is > 0 and <= MaxParts ? parts : Refused($"{UploadHeaders.Concat}: a final upload has 1 to {MaxParts} parts.");
    }

    private Result<UploadTicket> Find(HttpRequest request, string id) =>
        !keys.Seal.HasKey ? Off()
        : !keys.Seal.TryOpen(id, out var ticket) ? new Failure(
            FailureKind.UploadUnknown, Phase.Admit,
            "This service did not issue the upload URL, or issued it with a key that is no longer configured (Sluice:Resumable:Keys).")
        : !blob.Value.IsOpen(ticket.Target.Container) ? new Failure(
            FailureKind.UploadUnknown, Phase.Admit,
            "The container of the upload is no longer configured (Sluice:Blob:Containers or Sluice:Blob:Aliases).")
        : options.Value.AnyCaller || ticket.Owner is null || ticket.Owner == OwnerOf(request) ? ticket
        : new Failure(FailureKind.UploadUnknown, Phase.Admit, "No upload of this caller has this URL.");

    // A caller that is known by its address only may have another one tomorrow.
    private static string? OwnerOf(HttpRequest request) =>
        CallerFinder.Of(request.HttpContext) is { IsIdentified: true } caller ? caller.Share : null;

    /// <summary>The path of the upload with that ticket.</summary>
    public Result<string> Locate(HttpRequest request, UploadTicket ticket) =>
        keys.Seal.Seal(ticket).TryGet(out var id, out var failure)
            ? $"{request.PathBase}/{SluiceRoutes.Prefix}/{SluiceRoutes.Files}/{id}"
            : failure;

    /// <summary>tus: Creation.</summary>
    public Result<UploadTicket> CreateTus(HttpRequest request)
    {
        var headers = request.Headers;
        var deferred = headers[UploadHeaders.DeferLength].ToString();
        var declared = headers.TryGetValue(UploadHeaders.Length, out var lengths);
        if (!keys.Seal.HasKey)
        {
            return Off();
        }

        var concat = headers[UploadHeaders.Concat].ToString();
        var role = concat == "partial" ? UploadRole.Part
            : concat.StartsWith(FinalPrefix, StringComparison.Ordinal) ? UploadRole.Final
            : UploadRole.Whole;
        if (concat.Length > 0 && role == UploadRole.Whole)
        {
            return Refused($"{UploadHeaders.Concat} must be 'partial', or 'final;' and the URLs of the parts.");
        }

        if (role == UploadRole.Final
            ? declared || deferred.Length > 0
            : declared == (deferred.Length > 0) || (deferred.Length > 0 && deferred != "1"))
        {
            return Refused(role == UploadRole.Final
                ? "A final upload has the length of its parts: do not declare a length."
                : "Send either Upload-Length or Upload-Defer-Length: 1.");
        }

        var length = 0L;
        if (declared && !UploadHeaders.TryReadNumber(lengths, out length))
        {
            return Refused("Upload-Length must be a number of bytes.");
        }

        var field = headers[UploadHeaders.Metadata].ToString();
        if (!UploadMetadata.TryRead(field, out var metadata))
        {
            return Refused("Upload-Metadata must be pairs of a key and a value in base64, separated by commas, with no key twice.");
        }

        if (!Sha256(metadata.Sha256).TryGet(out var digest, out var failure))
        {
            return failure;
        }

        if (digest is not null && role != UploadRole.Whole)
        {
            return Refused("sha256 in Upload-Metadata is not supported for partial and final uploads.");
        }

        if (!UploadRequest.Features(request).TryGet(out var features, out failure))
        {
            return failure;
        }

        var properties = new BlobProperties
        {
            // A part is a blob for a moment, and has to be deleted then.
            Features = role == UploadRole.Part ? BlobFeatures.None : features,
            ContentType = metadata.ContentType ?? UploadDescription.DefaultType,
            ContentDisposition = metadata.FileName is { } name ? Disposition(name) : null,
            Metadata = metadata.OfBlob(),
        };
        var ticket = new UploadTicket
        {
            Id = Guid.NewGuid(),
            Target = default,
            Expires = default,
            Dialect = UploadDialect.Tus,
            Role = role,
            Length = declared ? length : null,
            Properties = properties,
            Sha256 = digest,
            Metadata = field.Length > 0 ? field : null,
        };
        return role != UploadRole.Final ? Create(request, metadata.FileName, ticket, time.GetUtcNow())
            : FindParts(request).TryGet(out var parts, out failure) ? CreateWhole(request, metadata.FileName, ticket, parts)
            : failure;
    }

    /// <summary>Resumable Uploads for HTTP: section 4.2. With the ticket comes the upload as the request describes it.</summary>
    public Result<(UploadTicket Ticket, Upload Bound)> CreateHttp(HttpRequest request)
    {
        if (!keys.Seal.HasKey)
        {
            return Off();
        }

        // Section 4.1.3: a request that brings all of it declares its length by its own.
        var length = UploadHeaders.Integer(request.Headers[UploadHeaders.Length])
            ?? (HttpUploadRequest.Completes(request) == true ? request.ContentLength : null);
        if (!UploadRequest.Bind(request, UploadKind.Resumable, acceptsPart: true).TryGet(out var bound, out var failure)
            || !UploadDescription.Read(request, bound, UploadDialect.Http, length).TryGet(out var described, out failure))
        {
            return failure;
        }

        var properties = bound.Properties with { ContentType = bound.Properties.ContentType ?? UploadDescription.DefaultType };
        return Create(
            request, DispositionFileName.Of(properties.ContentDisposition), described with { Properties = properties }, time.GetUtcNow())
            .TryGet(out var ticket, out failure)
            ? (ticket, bound)
            : failure;
    }

    /// <summary>The chunking of Azure Logic Apps: its first request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="blob">The blob that its URL names; null if the settings name it.</param>
    public Result<UploadTicket> CreateLogicApps(HttpRequest request, BlobTarget? blob) =>
        !keys.Seal.HasKey ? Off()
        : !LogicAppsRequest.Describe(request).TryGet(out var described, out var failure) ? failure
        : blob is null && described.Condition.IsSet
            ? Refused("A condition needs a blob that it is for: send the request to /api/blobs/{container}/{name}.")
        : blob is { } target
            ? described with { Target = target, Expires = time.GetUtcNow() + options.Value.Lifetime, Owner = OwnerOf(request) }
        : Create(
            request, DispositionFileName.Of(described.Properties.ContentDisposition), described, time.GetUtcNow());

    // Everything about a final upload, including its id, derives from its parts and its request: sent again, even on another day, the
    // request means the same upload.
    private Result<UploadTicket> CreateWhole(HttpRequest request, string? fileName, UploadTicket ticket, IReadOnlyList<UploadTicket> parts)
    {
        var created = parts[0].Expires - options.Value.Lifetime;
        return !Create(request, fileName, ticket with { Id = Guid.Empty }, created).TryGet(out var unnamed, out var failure) ? failure
            : !Create(request, fileName, ticket with { Id = WholeId.Of(parts, unnamed.Target, ticket.Metadata) }, created)
                .TryGet(out var whole, out failure) ? failure
            : whole with { Expires = parts.Min(static part => part.Expires) };
    }

    private Result<UploadTicket> Create(HttpRequest request, string? fileName, UploadTicket ticket, DateTimeOffset created)
    {
        var routed = UploadRequest.Routed(
            request, request.Method, string.IsNullOrWhiteSpace(fileName) ? "file" : NameValue.Safe(fileName), ticket.Id, time) with
        { Now = created };
        if (!_name.Value.Fill(new RouteEvidence(routed, ReadOnlySequence<byte>.Empty, complete: false))
            .TryGet(out var name, out var failure))
        {
            return failure;
        }

        return ticket with
        {
            // Parts have names of their own: they exist as blobs only for a moment.
            Target = new BlobTarget(
                options.Value.Container ?? blob.Value.FirstName,
                ticket.Role == UploadRole.Part ? PartName.Of(ticket.Id) : name),
            Expires = created + options.Value.Lifetime,
            CreateOnly = !options.Value.Overwrite,
            Owner = OwnerOf(request),
        };
    }

    private static Result<Digest?> Sha256(string? hex)
    {
        if (hex is null)
        {
            return (Digest?)null;
        }

        var value = new byte[DigestAlgorithm.Sha256.Bytes];
        return Convert.FromHexString(hex, value, out _, out var written) == OperationStatus.Done && written == value.Length
            ? new Digest(DigestAlgorithm.Sha256, value)
            : Refused("sha256 in Upload-Metadata is 64 hexadecimal digits.");
    }

    private static string Disposition(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        return disposition.ToString();
    }

    private static Failure Refused(string detail) => new(FailureKind.HeaderInvalid, Phase.Admit, detail);

    private static Failure Off() =>
        new(
            FailureKind.ResumableOff, Phase.Admit,
            "Resumable uploads are not enabled: no key is configured (Sluice:Resumable:Keys).");
}
