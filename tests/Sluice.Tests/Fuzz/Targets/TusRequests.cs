using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What clients say of resumable uploads.</summary>
internal static partial class TusRequests
{
    private static readonly UploadTickets _tickets = Tickets();

    private static readonly string[] _tokens =
    [
        "filename ", "filetype ", "sha256 ", "sluice_upload ", "YQ==", "YS9i", "Li4=", "AA==", "77+9", "/w==", ",", " ", "=",
        "Upload-Metadata:", "Upload-Length:", "Upload-Defer-Length:1", "Upload-Concat:", "partial", "final;", "/api/files/", "\n", "12",
        "9223372036854775807", "dGV4dC9odG1s", "Upload-Offset:", "Upload-Checksum:", "sha1 ", "md5 ", "crc32 ", "AAAA", "AAAAAA==",
        "Content-Type:application/offset+octet-stream", "Upload-Complete:", "?1", "?0", "Content-Digest:", "Repr-Digest:", "sha-256=:",
    ];

    public static FuzzTarget Metadata { get; } = new(
        "Upload-Metadata", "grammar of tus as a regular expression; System.Convert reads the values")
    {
        Seeds = ["filename d29ybGQ=,is_confidential", "filename YS9i, filetype dGV4dC9wbGFpbg==,x", "", "name Li4="],
        Tokens = _tokens[..18],
        BytesPerCharacter = 256,
        Parse = static text => _ = UploadMetadata.TryRead(text, out _),
        Check = static text =>
        {
            var (valid, fits) = (
                UploadMetadata.TryRead(text, out var metadata),
                string.IsNullOrWhiteSpace(text) || text.Split(',').All(static pair => Pair().IsMatch(pair.Trim())));
            if (!valid)
            {
                return null;
            }

            var problem = new BlobProperties { Metadata = metadata.OfBlob() }.Problem();
            return !fits ? "it is none"
                : metadata.FileName is { } name && !text.Contains("name", StringComparison.OrdinalIgnoreCase) ? $"it is called {name}"
                : problem is not null && !text.Contains("sluice_", StringComparison.OrdinalIgnoreCase)
                    && !problem.StartsWith("The metadata has", StringComparison.Ordinal) ? problem : null;
        },
    };

    public static FuzzTarget Creation { get; } = new(
        "Creation of an upload (tus)",
        "inverse: the address that is given out is that of the ticket; its blob can have its name; its file name comes back")
    {
        Seeds =
        [
            "Upload-Length:12\nUpload-Metadata:filename YS9i,filetype dGV4dC9wbGFpbg==", "Upload-Defer-Length:1",
            "Upload-Length:5\nUpload-Concat:partial", "Upload-Concat:final;/api/files/AQ /api/files/AB",
            $"Upload-Length:0\nUpload-Metadata:sha256 {Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('0', 64)))}",
        ],
        Tokens = _tokens,
        FixedBytes = 128 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = _tickets.CreateTus(HttpRequests.Of(text, "POST")),
        Check = CheckCreation,
    };

    public static FuzzTarget CreationByHttp { get; } = new(
        "Creation of an upload (HTTP)", "its blob can have its name; a name in filename= by hand")
    {
        Seeds =
        [
            "Upload-Complete:?0\nUpload-Length:12\nContent-Disposition:attachment; filename=\"a.txt\"",
            "Content-Disposition:attachment; filename*=UTF-8''%e2%82%ac\nContent-Type:text/plain", "Repr-Digest:sha-256=:AAAA:"
        ],
        Tokens =
        [
            .. _tokens, "Content-Disposition:", "attachment", "; filename*", "=UTF-8''", "UTF-7", "utf-16", "; filename=", "%e2%82%ac",
            "\"", "../", "x-ms-meta-a:b"
        ],
        FixedBytes = 128 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = _tickets.CreateHttp(HttpRequests.Of(text, "POST")),
        Check = static text =>
        {
            var request = HttpRequests.Of(text, "POST");
            return !_tickets.CreateHttp(request).TryGet(out var created, out var failure)
                ? (failure.Kind is FailureKind.HeaderInvalid or FailureKind.PreconditionFailed ? null : $"it is refused as {failure.Kind}")
                : BlobName.Problem(created.Ticket.Target.Name)
                    ?? (FileName().Match(request.Headers.ContentDisposition.ToString()) is { Success: true } match
                        && !created.Ticket.Target.Name.EndsWith("/" + match.Groups[1].Value, StringComparison.Ordinal)
                        ? $"it is called {created.Ticket.Target.Name}"
                        : null);
        },
    };

    public static FuzzTarget Patch { get; } = new(
        "Append to an upload (tus, HTTP)",
        "if both protocols accept a number of bytes, they read the same offset; a checksum has its algorithm's length")
    {
        Seeds =
        [
            "Upload-Offset:12\nContent-Type:application/offset+octet-stream\nUpload-Checksum:md5 AAAAAAAAAAAAAAAAAAAAAA==",
            "Upload-Offset:0\nContent-Type:application/offset+octet-stream",
            "Upload-Offset:7\nUpload-Complete:?1\nContent-Type:application/partial-upload\nContent-Length:9223372036854775807",
            "Upload-Offset:0\nUpload-Complete:?0\nUpload-Length:12\nContent-Type:application/partial-upload",
        ],
        Tokens = [.. _tokens, "Content-Length:", "Content-Type:application/partial-upload"],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = TusRequest.Patch(HttpRequests.Of(text, "PATCH")),
        Check = CheckPatch,
    };

    private static string? CheckCreation(string text)
    {
        var request = HttpRequests.Of(text, "POST");
        if (!_tickets.CreateTus(request).TryGet(out var ticket, out var failure))
        {
            return failure.Kind is FailureKind.HeaderInvalid or FailureKind.UploadUnknown ? null : $"it is refused as {failure.Kind}";
        }

        if (BlobName.Problem(ticket.Target.Name) is { } problem
            || (ticket.Properties with { Metadata = new Dictionary<string, string>() }).Problem() is { }
            && (problem = "it can't be stored") is not null)
        {
            return problem;
        }

        if (!_tickets.Locate(request, ticket).TryGet(out var address, out failure))
        {
            return failure.Kind == FailureKind.HeaderInvalid ? null : $"it has no address: {failure.Kind}";
        }

        request.RouteValues["id"] = address.Split('/')[^1];
        _ = UploadMetadata.TryRead(request.Headers[UploadHeaders.Metadata].ToString(), out var metadata);
        return !_tickets.Find(request).TryGet(out var found, out _) || found.Id != ticket.Id || found.Target != ticket.Target
            || found.Length != ticket.Length || found.Metadata != ticket.Metadata
            ? "its address is that of another one"
            : metadata.FileName is { } name && !(ContentDispositionHeaderValue.TryParse(
                ticket.Properties.ContentDisposition, out var disposition) && disposition.FileNameStar == name)
                ? $"its file is called {ticket.Properties.ContentDisposition}"
            : null;
    }

    private static string? CheckPatch(string text)
    {
        var (tus, http) = (HttpRequests.Of(text, "PATCH"), HttpRequests.Of(text, "PATCH"));
        (tus.ContentType, http.ContentType) = (TusRequest.MediaType, HttpUploadRequest.MediaType);
        http.Headers[UploadHeaders.Complete] = "?1";
        var (one, other) = (TusRequest.Patch(tus), HttpUploadRequest.Patch(http));
        var offset = tus.Headers[UploadHeaders.Offset].ToString();
        var plain = Number().IsMatch(offset);
        if (one.TryGet(out var append, out _) && (append.Digests.Any(static digest => digest.Value.Length != digest.Algorithm.Bytes)
            || append.Offset < 0 || append.UploadLength < 0 || append.End < append.Offset))
        {
            return $"it is read as {append}";
        }

        return other.TryGet(out var second, out _) && (second.Offset < 0 || second.UploadLength < 0 || second.End < second.Offset)
            ? $"it is read as {second}"
            : append is not null && second is not null && plain && append.Offset != second.Offset
                ? $"tus reads {append.Offset}, and HTTP {second.Offset}"
                : null;
    }

    private static UploadTickets Tickets()
    {
        var options = new ResumableOptions();
        options.Keys.Add(Convert.ToBase64String(new byte[TicketSeal.KeyBytes]));
        var blob = new BlobOptions();
        blob.Containers.Add("inbox");
        return new UploadTickets(
            new UploadKeys(Options.Create(options), NullLogger<UploadKeys>.Instance), Options.Create(options), Options.Create(blob),
            TimeProvider.System);
    }

    [GeneratedRegex(@"\A[\x00-\x1F!-+\x2D-\x7F]+(?: [\sA-Za-z0-9+/=]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex(@"\Aattachment; filename=""([a-z0-9][a-z.0-9]*[a-z0-9])""\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\A[0-9]{1,15}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
