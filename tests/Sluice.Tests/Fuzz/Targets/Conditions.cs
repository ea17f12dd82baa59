using Sluice.Settings;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Ranges, and the conditions of reads and writes.</summary>
internal static partial class Conditions
{
    private const string Tag = "\"0x8DC\"";
    private const long Length = 1_000;

    private static readonly DateTimeOffset _modified = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StoredBlob _blob = new(Length, Tag, _modified, new BlobProperties(), new Dictionary<string, string>());
    private static readonly StoredBlob _empty = _blob with { Length = 0 };

    private static readonly string[] _tokens =
    [
        "Range:bytes=", "bytes", "-", "=", ",", "0-0", "999-", "-1", "1000-", "-0", "If-Match:", "If-None-Match:", "If-Range:",
        "If-Modified-Since:", "If-Unmodified-Since:", Tag, "W/", "*", "\"", "\n", "Sun, 01 Mar 2026 12:00:00 GMT",
        "Sunday, 01-Mar-26 12:00:00 GMT", "Sun Mar  1 12:00:00 2026", "Sat, 28 Feb 2026 00:00:00 GMT", "9223372036854775807",
    ];

    private static readonly Grammar _grammar = new(
        ("head", ["<range>", "<range>\n<more>", "<more>", "<more>\n<more>\n<range>"]),
        ("range", ["Range:bytes=<n>-<n>", "Range:bytes=<n>-", "Range:bytes=-<n>", "Range:bytes=<n>-<n>,<n>-", "Range:Bytes = <n>-<n>", "Range:lines=1-2"]),
        ("n", ["0", "1", "998", "999", "1000", "1001", "9223372036854775807", "99999999999999999999"]),
        ("more", [$"If-Range:{Tag}", "If-Range:<date>", $"If-Match:{Tag}", "If-Match:*", "If-Match:\"x\"", $"If-None-Match:W/{Tag}", "If-None-Match:\"x\", \"y\"", "If-Modified-Since:<date>", "If-Unmodified-Since:<date>"]),
        ("date", ["Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 11:59:59 GMT", "Sun, 01 Mar 2026 12:00:01 GMT", "yesterday"]));

    public static FuzzTarget Read { get; } = new(
        "Range and conditions of a read",
        "bounds computed separately if well formed; what is sent lies within the blob; an answer that RFC 9110 defines")
    {
        Seeds =
        [
            "Range:bytes=0-499", $"If-None-Match:{Tag}\nRange:bytes=-1", $"If-Match:{Tag}, \"x\"\nIf-Range:{Tag}\nRange:bytes=5-",
            "If-Modified-Since:Sun, 01 Mar 2026 12:00:00 GMT"
        ],
        Tokens = _tokens,
        Grammar = _grammar,
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = ReadPlan.For(HttpRequests.Of(text), _blob),
        Check = static text => CheckRead(HttpRequests.Of(text), _blob) ?? CheckRead(HttpRequests.Of(text), _empty) ?? CheckRead(
            HttpRequests.Of(text, "HEAD"), _blob),
    };

    public static FuzzTarget Write { get; } = new(
        "Conditions of a write", "System.Net.Http.Headers reads the same tag; what is not one tag is refused")
    {
        Seeds = [$"If-Match:{Tag}", "If-None-Match:*", $"If-None-Match:W/{Tag}\nIf-Unmodified-Since:Sun, 01 Mar 2026 12:00:00 GMT"],
        Tokens = _tokens,
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = UploadRequest.Bind(HttpRequests.Of(text, "PUT"), UploadKind.Put),
        Check = static text =>
        {
            var request = HttpRequests.Of(text, "PUT");
            if (!UploadRequest.Bind(request, UploadKind.Put).TryGet(out var upload, out var failure))
            {
                return failure.Kind is FailureKind.HeaderInvalid or FailureKind.PreconditionFailed
                    ? null
                    : $"it is refused as {failure.Kind}";
            }

            return Same(request.Headers.IfMatch.ToString(), upload.Condition.IfMatch)
                && Same(request.Headers.IfNoneMatch.ToString(), upload.Condition.IfNoneMatch)
                ? null
                : $"the condition is {upload.Condition}";
        },
    };

    // Tags that storage never makes are conditions that are never met.
    private static bool Same(string sent, string? tag) => tag is null
        ? sent.Length == 0 || sent.Any(static c => c > 127)
        : tag == "*" ? sent == "*" : System.Net.Http.Headers.EntityTagHeaderValue.TryParse(sent, out var read) && read.ToString() == tag;

    private static string? CheckRead(HttpRequest request, StoredBlob blob)
    {
        var (isGet, range) = (request.Method == "GET", request.Headers.Range.ToString());
        if (!ReadPlan.For(request, blob).TryGet(out var plan, out var failure))
        {
            var met = request.Headers.IfMatch.Count == 0 && request.Headers.IfUnmodifiedSince.Count == 0;
            return failure.Kind == FailureKind.PreconditionFailed ? (met ? "no condition failed" : null)
                : failure.Kind == FailureKind.RangeNotSatisfiable && isGet && range.Length > 0
                    ? (One().Match(range) is { Success: true } bad && Bounds(bad, blob.Length) is not null
                        ? "the range can be satisfied"
                        : null)
                : $"it fails as {failure.Kind}";
        }

        if (plan.Status is not (200 or 206 or 304) || plan.Offset < 0 || plan.Length < 0 || plan.Offset + plan.Length > blob.Length
            || (!isGet && plan.HasContent))
        {
            return $"it is answered by {plan}";
        }

        if (plan.Status == 304)
        {
            return request.Headers.IfNoneMatch.Count == 0 && request.Headers.IfModifiedSince.Count == 0
                ? "no condition asks for 304"
                : null;
        }

        // What a client that has some bytes puts behind them must be of this version.
        var conditional = request.Headers.IfRange.Count > 0 && request.Headers.IfRange.ToString() is not (Tag or "Sun, 01 Mar 2026 12:00:00 GMT");
        var bounds = isGet && !conditional && One().Match(range) is { Success: true } match ? Bounds(match, blob.Length) : null;
        return plan.Status == 206 ? (conditional && !Lenient(request)
            ? "If-Range does not hold"
            : range.Contains(',', StringComparison.Ordinal) && request.Headers.Range.Count > 1
            ? "it is one of several ranges"
            : bounds is { } some && some != (plan.Offset, plan.Length) ? $"it is {plan} and should be {bounds}" : null)
            : request.Headers.IfRange.Count == 0 && bounds is { } missed && blob.Length > 0 ? $"it is all of it and should be {missed}"
            : plan.Length != blob.Length ? $"all of it is {plan}" : null;
    }

    // A date may be written in three ways (RFC 9110, section 5.6.7), with blanks.
    private static bool Lenient(HttpRequest request) => request.GetTypedHeaders().IfRange is { } condition
        && (condition.LastModified == _modified || condition.EntityTag?.Tag == Tag && !condition.EntityTag.IsWeak);

    private static (long Offset, long Length)? Bounds(Match range, long length)
    {
        var (from, to) = (range.Groups[1].Value, range.Groups[2].Value);
        long Number(string digits) => digits.Length > 18 ? long.MaxValue : long.Parse(digits, CultureInfo.InvariantCulture);
        if (from.Length == 0)
        {
            var last = Math.Min(Number(to), length);
            return last > 0 ? (length - last, last) : null;
        }

        var end = to.Length == 0 ? length - 1 : Math.Min(Number(to), length - 1);
        return Number(from) < length && Number(from) <= end ? (Number(from), end - Number(from) + 1) : null;
    }

    [GeneratedRegex(@"\Abytes=(?!-\z)([0-9]{0,18})-([0-9]{0,18})\z", RegexOptions.CultureInvariant)]
    private static partial Regex One();
}
