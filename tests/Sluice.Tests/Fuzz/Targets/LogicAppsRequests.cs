using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Resumable;
using Sluice.Failures;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What Azure Logic Apps, or who pretends to be it, says of a chunk.</summary>
internal static partial class LogicAppsRequests
{
    public static FuzzTarget Chunk { get; } = new("Chunk of an upload (Logic Apps)", "the grammar of the range as a regular expression")
    {
        Seeds =
        [
            "Content-Range:bytes 0-1023/10100", "Content-Range:bytes=1024-2047/10100\nContent-Length:1024",
            "Content-Range:bytes 0-9223372036854775806/9223372036854775807", "Content-Range:bytes */5", "Content-Range:bytes 0-4/*",
        ],
        Tokens =
        [
            "Content-Range:", "Content-Length:", "bytes", "BYTES", "items", " ", "=", "-", "/", "*", "0", "5", "12", ",", "\n", "+", "\t",
            "9223372036854775807", "Content-Digest:", "sha-256=:AAAA:", "Content-MD5:",
        ],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = LogicAppsRequest.Patch(HttpRequests.Of(text, "PATCH")),
        Check = Check,
    };

    private static string? Check(string text)
    {
        var request = HttpRequests.Of(text, "PATCH");
        if (!LogicAppsRequest.Patch(request).TryGet(out var append, out var failure))
        {
            return failure.Kind == FailureKind.HeaderInvalid ? null : $"it is refused as {failure.Kind}";
        }

        return Range().Match(request.Headers[HeaderNames.ContentRange].ToString()) is not { Success: true } said ? "it has no range"
            : append.Offset != Number(said.Groups["first"]) || append.End != Number(said.Groups["last"]) + 1
                || append.UploadLength != Number(said.Groups["length"]) ? $"it is read as {append}"
            : append.Offset >= append.End || append.End > append.UploadLength ? $"it does not fit: {append}"
            : request.ContentLength is { } length && length != append.Length ? $"it has {length} bytes, and {append.Length}"
            : null;
    }

    private static long Number(Group group) => long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    // Blanks are where HTTP allows them in the fields that the parser of the range is made for.
    [GeneratedRegex(
        @"^\s*bytes(\s+|=\s*)(?<first>[0-9]+)\s*-\s*(?<last>[0-9]+)\s*/\s*(?<length>[0-9]+)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
