using Sluice.Body;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// One active form: each file goes to storage as it arrives, before the next part is read.
/// <code>
/// form ──► field ───────────► metadata of the files after it
///      ──► file ──► upload ──► committed at once          (what fails is told, and the next one is taken)
///                         └──► atomic: staged, no memory ──► closing boundary ──► committed, in order
/// </code>
/// </summary>
internal sealed class FormRun(
    FormRequest form, FormReader reader, UploadPipeline pipeline, MediaTypePolicy? mediaTypes, MultipartOptions options, BodyWatch watch)
    : IAsyncDisposable
{
    private readonly FormFields _fields = new(form, options.MaxFieldBytes);
    private readonly List<FormEntry> _files = [];
    private readonly List<DeferredUpload> _deferred = [];
    private readonly FileNames _names = new();
    private int _parts;

    public async Task<FormOutcome> RunAsync()
    {
        var failure = await ReadAsync();
        if (failure is null && _files.Count == 0)
        {
            failure = Invalid("The form contains no file (a part with a 'filename').");
        }

        if (failure is not null)
        {
            FormRefusal.Report(pipeline, failure, Label, form.Head);
        }

        if (form.IsAtomic)
        {
            await CommitAsync(failure is null && _files.TrueForAll(static file => file.Failure is null));
        }

        return new FormOutcome(form.Container, _files, _fields.Changed, failure);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var deferred in _deferred)
        {
            await deferred.DisposeAsync();
        }
    }

    // Reads to the closing boundary, or until continuing is pointless. The failure of a single file is not returned.
    private async Task<Failure?> ReadAsync()
    {
        while (true)
        {
            if (!(await reader.NextAsync()).TryGet(out var part, out var failure))
            {
                return failure;
            }

            if (part is null)
            {
                return null;
            }

            using (part)
            {
                if (++_parts > options.MaxParts)
                {
                    return Invalid($"The form has more than {options.MaxParts} parts (Sluice:Multipart:MaxParts).");
                }

                if (string.IsNullOrEmpty(part.FileName))
                {
                    if (await TakeFieldAsync(part) is { } refused)
                    {
                        return refused;
                    }

                    continue;
                }

                _files.Add(await TakeFileAsync(part));
                if (reader.Failure is not null || watch.Token.IsCancellationRequested || (form.IsAtomic && _files[^1].Failure is not null))
                {
                    return null;
                }
            }
        }
    }

    private async Task<Failure?> TakeFieldAsync(FormPart part)
    {
        // Where no file was chosen, browsers send one without a name and without content.
        var isFile = part.FileName is not null;
        if (!isFile && !_fields.TryTakeName(part.Field))
        {
            return TooLarge();
        }

        if (!(await reader.ReadTextAsync(part, isFile ? 0 : _fields.BytesLeft)).TryGet(out var text, out var failure))
        {
            return failure;
        }

        if (text is null)
        {
            return isFile ? Invalid("A file has no name: its 'filename' is empty.") : TooLarge();
        }

        if (isFile)
        {
            return null;
        }

        if (ChunkProtocol.Library(part.Field, text, _fields) is { } library)
        {
            return Invalid(
                $"The form is one of several chunks of a file ({library}, '{part.Field}'), which are not put together here. "
                    + "Switch chunking off, or use a tus client with /api/files.");
        }

        if (part.Field == FormFields.PrefixField && text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return Invalid("The prefix is not valid UTF-8, the charset of forms (RFC 7578).");
        }

        _fields.Add(part.Field, text);
        return null;
    }

    private async Task<FormEntry> TakeFileAsync(FormPart part)
    {
        var file = new FormEntry(part.Field, part.FileName!, PartUpload.NameOf(part, _fields));
        if (!PartUpload.Bind(form, part, _fields, mediaTypes).TryGet(out var upload, out var failure))
        {
            return file with { Failure = Noted(failure) };
        }

        // Where the app's own code decides, its name counts.
        if (upload.Gate is { } gate)
        {
            upload = upload with { Gate = new DistinctNames(gate, _names) };
        }
        else if (_names.Check(upload.Destination!) is { } taken)
        {
            return file with { Failure = Noted(taken) };
        }

        if (!form.IsAtomic)
        {
            return (await pipeline.TakeAsync(upload, watch)).TryGet(out var delivery, out failure)
                ? file with { Receipt = delivery.Receipt }
                : file with { Failure = failure };
        }

        if (!(await pipeline.DeferAsync(upload, watch)).TryGet(out var deferred, out failure))
        {
            return file with { Failure = failure };
        }

        _deferred.Add(deferred);
        return file;
    }

    // The commits are separate requests: if one fails, the blobs before it remain, and those after it are not committed.
    private async Task CommitAsync(bool isGood)
    {
        for (var index = 0; index < _deferred.Count; index++)
        {
            if (!isGood)
            {
                var abandoned = new Failure(FailureKind.FormAbandoned, Phase.Seal, "The form is atomic, and another of its parts failed.");
                _deferred[index].Abandon(abandoned);
                _files[index] = _files[index] with { Failure = abandoned };
                continue;
            }

            isGood = (await _deferred[index].CommitAsync()).TryGet(out var receipt, out var failure);
            _files[index] = _files[index] with { Receipt = receipt, Failure = failure };
        }
    }

    private Failure Noted(Failure failure)
    {
        FormRefusal.Report(pipeline, failure, Label, form.Head);
        return failure;
    }

    private string Label => $"{form.Container}/ (a form)";

    private Failure TooLarge() =>
        new(
            FailureKind.BodyTooLarge, Phase.Transfer,
            $"The text fields of the form are larger than {options.MaxFieldBytes} bytes (Sluice:Multipart:MaxFieldBytes).")
        { LimitBytes = options.MaxFieldBytes };

    private static Failure Invalid(string detail) => new(FailureKind.FormInvalid, Phase.Transfer, detail);
}
