using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.Digests;

namespace Sluice.AspNetCore.Routes;

/// <summary>The fields of the upload protocols.</summary>
internal static class UploadHeaders
{
    public const string TusResumable = "Tus-Resumable";
    public const string TusVersion = "Tus-Version";
    public const string TusExtension = "Tus-Extension";
    public const string TusMaxSize = "Tus-Max-Size";
    public const string TusChecksumAlgorithm = "Tus-Checksum-Algorithm";
    public const string Offset = "Upload-Offset";
    public const string Length = "Upload-Length";
    public const string DeferLength = "Upload-Defer-Length";
    public const string Metadata = "Upload-Metadata";
    public const string Checksum = "Upload-Checksum";
    public const string Concat = "Upload-Concat";
    public const string Expires = "Upload-Expires";
    public const string Complete = "Upload-Complete";
    public const string Incomplete = "Upload-Incomplete";
    public const string Limit = "Upload-Limit";
    public const string MethodOverride = "X-HTTP-Method-Override";
    public const string TransferMode = "x-ms-transfer-mode";
    public const string WholeLength = "x-ms-content-length";
    public const string ChunkSize = "x-ms-chunk-size";

    /// <summary>The value of <c>x-ms-transfer-mode</c> in a request that announces content, which follows in chunks of its own.</summary>
    public const string Chunked = "chunked";

    /// <summary>The method that a request means: clients that have only POST name another one in <c>X-HTTP-Method-Override</c>.</summary>
    public static string Method(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && Named(request) is { Length: > 0 } other ? other : request.Method;

    /// <summary>Whether a request names another method than its own.</summary>
    public static bool NamesAnotherMethod(HttpRequest request) =>
        Named(request) is { Length: > 0 } other && !request.Method.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the content of a request follows in other requests: the request that begins an upload of Azure Logic Apps
    /// (https://learn.microsoft.com/azure/logic-apps/logic-apps-handle-large-messages#upload-chunks).
    /// </summary>
    public static bool IsChunked(HttpRequest request) =>
        Chunked.Equals(request.Headers[TransferMode], StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the content of a request is only the beginning, and the rest follows in other requests (draft-ietf-httpbis-resumable-upload,
    /// section 4.1.2, and its first revisions).
    /// </summary>
    public static bool IsPartial(HttpRequest request) =>
        (request.Headers.TryGetValue(Complete, out var complete) && StructuredField.Item(complete).Boolean == false)
        || (request.Headers.TryGetValue(Incomplete, out var incomplete) && StructuredField.Item(incomplete).Boolean == true);

    /// <summary>
    /// Parses decimal digits, and nothing else. A number that is too large for the type is the largest one: it exceeds every limit, which
    /// is what its sender has to be told.
    /// </summary>
    public static bool TryReadNumber(string? text, out long number)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        number = long.MaxValue;
        return text is { Length: > 0 } && text.All(char.IsAsciiDigit);
    }

    /// <summary>Parses a non-negative integer of structured fields; null if it is invalid.</summary>
    public static long? Integer(IReadOnlyList<string?> lines) => StructuredField.Item(lines).Integer is >= 0 and var number ? number : null;

    private static string Named(HttpRequest request) => request.Headers[MethodOverride].ToString();
}
