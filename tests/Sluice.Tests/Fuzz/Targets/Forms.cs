using System.IO.Pipelines;
using System.Text.RegularExpressions;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Sluice.AspNetCore.Multipart;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>Forms: what the head says of one, what each part says of itself, and the parts.</summary>
internal static partial class Forms
{
    private static readonly BodyWatches _watches =
        new(Options.Create(new BodyOptions { IdleTimeout = TimeSpan.FromMinutes(1) }), new Shutdown(), TimeProvider.System);

    private static readonly Grammar _form = new(
        ("form", ["--b\r\n<part>--b--\r\n", "--b\r\n<part>--b\r\n<part>--b--\r\n", "preamble\r\n--b \r\n<part>--b--\r\nepilogue", "--b--\r\n", "--b\r\n<part>--b\r\n<part>"]),
        ("part", ["Content-Disposition: form-data; name=\"<name>\"<file>\r\n<more>\r\n<content>\r\n"]),
        ("file", ["", "; filename=\"<name>\"", "; filename*=UTF-8''<name>"]),
        ("name", ["a", "prefix", "b.txt", "\u00C3\u00A9", "%22", "\\\"", "../x", ""]),
        ("more", ["", "Content-Type: text/plain\r\n", "X: y\r\n y\r\n"]),
        ("content", ["", "x", "--b", "\r\n--", "\r\n--a\r\n", "-\r\n-\r\n--", "<content><content>"]));

    public static FuzzTarget Boundary { get; } = new("Boundary of a form", "System.Net.Http.Headers reads the same")
    {
        Seeds =
        [
            "multipart/form-data; boundary=abc", "multipart/form-data; boundary=\"a b\"; charset=utf-8",
            $"multipart/form-data; boundary={new string('a', 70)}"
        ],
        Tokens = ["boundary=", "\"", ";", "multipart/form-data", " ", "=", "'", "\\", ",", "a"],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = FormRequest.Bind(HttpRequests.Of($"Content-Type:{text}", "POST")),
        Check = static text =>
        {
            var request = HttpRequests.Of($"Content-Type:{text}", "POST");
            return !FormRequest.Bind(request).TryGet(out var form, out var failure)
                ? (failure.Kind is FailureKind.MediaTypeRefused or FailureKind.HeaderInvalid ? null : $"it is refused as {failure.Kind}")
                : System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType?.TrimEnd(';', ' ', '\t'), out var other)
                    && other.Parameters.FirstOrDefault(static one => one.Name.Equals(
                        "boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"') == form.Boundary
                        ? null
                        : $"its boundary is {form.Boundary}";
        },
    };

    public static FuzzTarget Disposition { get; } = new(
        "Head of a part of a form", "a quoted name by hand; whatever the file is called, a blob can have that name")
    {
        Seeds =
        [
            "form-data; name=\"a\"; filename=\"b.txt\"", "form-data; name=a; filename*=UTF-8''%e2%82%ac",
            "form-data; name=\"\\\"\"; filename=\"a%22b\"", "attachment; name=x"
        ],
        Tokens =
        [
            "form-data", "name=", "filename=", "filename*=", "UTF-8''", "UTF-7''", "utf-16''", "iso-8859-1'en'", "%e2%82%ac", "%22",
            "%0D%0A", "\"", "\\\"", ";", "=?utf-8?B?", "?=", "../", "%", "%4"
        ],
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Part(text),
        Check = static text =>
        {
            if (!Part(text).TryGet(out var part, out var failure))
            {
                return failure.Kind == FailureKind.FormInvalid ? null : $"it is refused as {failure.Kind}";
            }

            var plain = Quoted().Match(text);
            return plain.Success && (part!.Field, part.FileName) != (plain.Groups[1].Value, plain.Groups[2].Value)
                ? $"it is {part.Field}, {part.FileName}"
                : part!.FileName is { Length: > 0 } name && BlobName.Problem(Routing(name)) is { } problem ? problem : null;
        },
    };

    public static FuzzTarget Body { get; } = new(
        "Form", "the parts are the same wherever the bytes are cut; those of a well-formed form are what splitting at the boundary gives")
    {
        Seeds =
        [
            _form.Make(new Random(1)), _form.Make(new Random(2)),
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nxyz\r\n--b--\r\n"
        ],
        Tokens =
        [
            "--b", "--b--", "\r\n", "\r\n--b\r\n", "\r\n\r\n", "Content-Disposition: form-data; name=\"a\"", "; filename=\"b\"", ":", "\n",
            "\r", "--", " "
        ],
        Grammar = _form,
        MaxCharacters = 1_000,
        FixedBytes = 512 * 1024,
        BytesPerCharacter = 1_024,
        Parse = static text => _ = Read(FuzzTarget.Bytes(text), int.MaxValue),
        Check = static text =>
        {
            var bytes = FuzzTarget.Bytes(text);
            var whole = Read(bytes, int.MaxValue);

            // ASP.NET Core's reader takes up to 100 characters behind a boundary for blanks, and looks at that limit only where it has to
            // read on: such a form is taken or refused as it happens to arrive.
            return !LongLine().IsMatch(text) && whole != Read(bytes, Math.Max(1, bytes.Length / 3))
                ? "it has other parts where it comes in pieces"
                : Split(FuzzTarget.Text(bytes)) is { } split && split != whole
                    ? $"it has '{FuzzLiteral.Of(whole)}', and split '{FuzzLiteral.Of(split)}'"
                    : null;
        },
    };

    private static string Routing(string name) => Sluice.Routing.Templates.NameValue.Safe(name);

    private static Result<FormPart?> Part(string text) =>
        FormPart.Of(
            new MultipartSection
            {
                Headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase) { ["Content-Disposition"] = text },
                Body = Stream.Null
            }, null!);

    // A form of well-formed parts without anything around them; null for another one.
    private static string? Split(string text)
    {
        if (!Strict().IsMatch(text))
        {
            return null;
        }

        var parts = text[3..^"\r\n--b--\r\n".Length].Split("\r\n--b\r\n").Select(static part => Headed().Match(part)).ToList();
        return parts.TrueForAll(static part => part.Success)
            ? string.Concat(parts.Select(static part =>
                $"{part.Groups[1].Value}={FuzzTarget.Text(Encoding.Latin1.GetBytes(part.Groups[2].Value))};")) + "end" : null;
    }

    private static string Read(byte[] bytes, int piece)
    {
        using var watch = _watches.Begin(CancellationToken.None);
        var incoming = new IncomingBody(PipeReader.Create(new Pieces(bytes, piece)), static _ => false);
        using var guarded = new GuardedBody(incoming, watch.Idle, null, long.MaxValue, new BodyDigests([], []));
        using var body = new BodyStream(guarded, TimeProvider.System);
        var reader = new Sluice.AspNetCore.Multipart.FormReader(body, "b", new MultipartOptions(), watch);
        var read = new StringBuilder();
        while (true)
        {
            // What has neither a line's end nor a closing boundary is truncated or invalid, as it happens to arrive.
            if (!reader.NextAsync().AsTask().GetAwaiter().GetResult().TryGet(out var part, out var failure))
            {
                return read.Append(failure.Kind is FailureKind.FormInvalid or FailureKind.BodyTruncated ? "refused" : $"{failure.Kind}")
                    .ToString();
            }

            if (part is null)
            {
                return read.Append("end").ToString();
            }

            using (part)
            {
                if (!reader.ReadTextAsync(part, 4_000).AsTask().GetAwaiter().GetResult().TryGet(out var text, out failure))
                {
                    return read.Append(failure.Kind is FailureKind.FormInvalid or FailureKind.BodyTruncated ? "refused" : $"{failure.Kind}")
                        .ToString();
                }

                read.Append(part.Field).Append('=').Append(text).Append(';');
            }
        }
    }

    [GeneratedRegex(@"\Aform-data; name=""([!#-\[\]-~]*)""; filename=""([!#-$&-\[\]-~]*)""\z(?<!%.*)", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"--b[^\n]{100}", RegexOptions.CultureInvariant)]
    private static partial Regex LongLine();

    [GeneratedRegex(@"\A--b\r\nContent-Disposition(?:(?!--b--).)*\r\n--b--\r\n\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Strict();

    [GeneratedRegex(
        @"\AContent-Disposition: form-data; name=""([a-z.]+)""(?:; filename=""[a-z.]*"")?\r\n\r\n([\r\nxyza\-]*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Headed();

    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
