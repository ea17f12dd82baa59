using System.IO.Pipelines;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Requests;
using Sluice.Body;
using Sluice.Failures;

namespace Sluice.AspNetCore.Multipart;

/// <summary>One part of a form. Disposing of it leaves its remaining bytes to the reader, which skips them.</summary>
internal sealed class FormPart : IDisposable
{
    private static readonly StreamPipeReaderOptions _pipe =
        new(bufferSize: FormReader.BufferBytes, minimumReadSize: FormReader.BufferBytes / 4, leaveOpen: true);

    private readonly Dictionary<string, StringValues> _headers;
    private readonly FormReader _form;
    private PipeReader? _reader;

    private FormPart(string field, string? fileName, MultipartSection section, FormReader form)
    {
        Field = field;
        FileName = fileName;
        Content = section.Body;
        _headers = section.Headers ?? [];
        _form = form;
    }

    /// <summary>The name of the form's field.</summary>
    public string Field { get; }

    /// <summary>The file name that the sender declared; null for a text field, empty if no file was chosen.</summary>
    public string? FileName { get; }

    /// <summary>Its bytes, unguarded.</summary>
    public Stream Content { get; }

    /// <summary>Reads the head of a part (RFC 7578, section 4.2).</summary>
    public static Result<FormPart?> Of(MultipartSection section, FormReader form)
    {
        if (section.Headers?.TryGetValue(HeaderNames.ContentDisposition, out var values) != true
            || values.Count != 1
            || !ContentDispositionHeaderValue.TryParse(values.ToString(), out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || !disposition.Name.HasValue)
        {
            return new Failure(
                FailureKind.FormInvalid, Phase.Transfer,
                "Every part requires one header 'Content-Disposition: form-data; name=\"...\"' (RFC 7578, section 4.2).");
        }

        // A sender that sends filename* intends it to be used (RFC 6266, section 4.3), though RFC 7578 forbids it.
        var extended = DispositionFileName.Extended(disposition);
        var fileName = extended.HasValue ? extended.ToString() : disposition.FileName.HasValue ? Text(disposition.FileName) : null;
        return new FormPart(Text(disposition.Name), fileName, section, form);
    }

    /// <summary>A header of the part; null if it is missing.</summary>
    public string? Header(string name) =>
        _headers.TryGetValue(name, out var values) && !StringValues.IsNullOrEmpty(values) ? values.ToString() : null;

    /// <summary>Its bytes, as an upload reads them.</summary>
    public IncomingBody Open()
    {
        _reader = PipeReader.Create(new PartStream(Content, _form), _pipe);
        return new IncomingBody(_reader, static _ => false, () => _form.Failure);
    }

    public void Dispose() => _reader?.Complete();

    // Browsers encode a quote as %22, and line ends in the same way (https://html.spec.whatwg.org/#multipart-form-data); other clients put
    // a backslash before a quote. Any other backslash is a character of the name: no browser writes two for one.
    private static string Text(StringSegment value) => HeaderUtilities.RemoveQuotes(value).ToString()
        .Replace("\\\"", "\"", StringComparison.Ordinal)
        .Replace("%22", "\"", StringComparison.Ordinal)
        .Replace("%0D", "\r", StringComparison.Ordinal)
        .Replace("%0A", "\n", StringComparison.Ordinal);
}
