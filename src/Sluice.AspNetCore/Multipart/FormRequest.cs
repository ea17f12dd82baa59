using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>What the request head says about the form that follows.</summary>
/// <param name="Container">The destination of its files.</param>
/// <param name="Boundary">What separates its parts.</param>
/// <param name="Prefix">The prefix of its blob names; may be empty.</param>
/// <param name="IsAtomic">Whether either all of its files become visible or none.</param>
/// <param name="Head">What the head says about every file: a condition, metadata.</param>
internal sealed record FormRequest(string Container, string Boundary, string Prefix, bool IsAtomic, Upload Head)
{
    private const string MediaType = "multipart/form-data";

    // RFC 2046, section 5.1.1.
    private const int MaxBoundaryCharacters = 70;

    public static Result<FormRequest> Bind(HttpRequest request)
    {
        var isParsed = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (!isParsed && request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) == true)
        {
            return Invalid("Content-Type can't be parsed. A boundary that contains '=' or another separator has to be in quotes.");
        }

        if (!isParsed || !type!.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return new Failure(
                FailureKind.MediaTypeRefused, Phase.Admit,
                $"Content-Type must be {MediaType}. To store the body as one blob, send it to "
                    + $"/{SluiceRoutes.Prefix}/blobs/{{container}}/{{name}}.");
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (!IsBoundary(boundary))
        {
            return Invalid($"Content-Type requires a boundary of 1 to {MaxBoundaryCharacters} characters (RFC 2046, section 5.1.1).");
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return Invalid("Content-Encoding is not accepted for a form.");
        }

        if (!IsTrue(request.Query["atomic"]).TryGet(out var atomic, out var failure)
            || !UploadRequest.Bind(request, UploadKind.Form).TryGet(out var head, out failure))
        {
            return failure;
        }

        return new FormRequest(
            BlobPath.Container(request), boundary.ToString(), request.Query["prefix"].ToString(), atomic, head);
    }

    private static Result<bool> IsTrue(StringValues value) => value.ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        _ => Invalid("'atomic' is 'true' or 'false'."),
    };

    private static bool IsBoundary(StringSegment boundary)
    {
        var text = boundary.AsSpan();
        return text.Length is > 0 and <= MaxBoundaryCharacters && text[^1] != ' ' && !text.ContainsAnyExcept(BoundaryCharacters);
    }

    private static System.Buffers.SearchValues<char> BoundaryCharacters { get; } =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=? ");

    private static Failure Invalid(string detail) => new(FailureKind.HeaderInvalid, Phase.Admit, detail);
}
