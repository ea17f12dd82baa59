using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Body;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// The parts of a form, one after the other, forward only (RFC 7578). ASP.NET Core's own reader finds the boundaries, over the guarded body
/// of the whole request; this class turns its exceptions into failures. The reader's limit on the length of a part is not used: a guard
/// counts each file and the whole form.
/// </summary>
internal sealed class FormReader
{
    // As large as one read from a part, because each read of a part searches the buffer for the boundary.
    public const int BufferBytes = 32 * 1024;

    private readonly BodyStream _body;
    private readonly BodyWatch _watch;
    private readonly MultipartOptions _options;
    private readonly MultipartReader _reader;

    public FormReader(BodyStream body, string boundary, MultipartOptions options, BodyWatch watch)
    {
        _body = body;
        _watch = watch;
        _options = options;
        _reader = new MultipartReader(boundary, body, BufferBytes)
        { HeadersCountLimit = options.MaxHeaders, HeadersLengthLimit = options.MaxHeaderBytes };
    }

    /// <summary>Why no other part can follow although the form did not end.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Reads the next part; null after the closing boundary, once the whole body has ended successfully.</summary>
    public async ValueTask<Result<FormPart?>> NextAsync()
    {
        MultipartSection? section;
        try
        {
            section = await _reader.ReadNextSectionAsync(_watch.Token);
        }
        catch (InvalidDataException e) when (e.Message.StartsWith("The stream exceeded", StringComparison.Ordinal))
        {
            // The reader allows what follows the closing boundary no more bytes than the headers of a part.
            section = null;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Fail(e);
        }

        if (section is null)
        {
            return await EndAsync();
        }

        // The reader takes a line that was cut off by the end of the body for a header.
        if (_body.Exhausted)
        {
            return Failure = Truncated();
        }

        var part = FormPart.Of(section, this);
        Failure = part.Failure;
        return part;
    }

    // Whatever follows the closing boundary is ignored (RFC 2046, section 5.1.1). The guards of the whole body still count it.
    private async ValueTask<Result<FormPart?>> EndAsync()
    {
        try
        {
            await _body.CopyToAsync(Stream.Null, _watch.Token);
            return (FormPart?)null;
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Fail(e);
        }
    }

    /// <summary>Reads the text of a field if it has at most the given number of bytes; otherwise null.</summary>
    public async ValueTask<Result<string?>> ReadTextAsync(FormPart part, int mostBytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(mostBytes + 1);
        try
        {
            var count = await part.Content.ReadAtLeastAsync(
                buffer.AsMemory(0, mostBytes + 1), mostBytes + 1, throwOnEndOfStream: false, _watch.Token);
            return count > mostBytes ? null as string : Encoding.UTF8.GetString(buffer, 0, count);
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Fail(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The exceptions that the reader throws for errors of a client or a network.</summary>
    public static bool IsExpected(Exception exception) => exception is IOException or InvalidDataException or OperationCanceledException;

    /// <summary>Maps an exception of the reader to a failure.</summary>
    public Failure Fail(Exception exception) => Failure ??= _body.Failure ?? exception switch
    {
        OperationCanceledException => _watch.Idle.Blame(new Failure(
            FailureKind.ClientGone, Phase.Transfer, "The client closed the connection before the form was complete.")),
        IOException => Truncated(),
        _ when _body.Exhausted => Truncated(),
        _ => new Failure(
            FailureKind.FormInvalid,
            Phase.Transfer,
            $"The headers of a part can't be parsed, number more than {_options.MaxHeaders}, "
                + $"or exceed {_options.MaxHeaderBytes} bytes (Sluice:Multipart)."),
    };

    private static Failure Truncated() => new(FailureKind.BodyTruncated, Phase.Transfer, "The form ended before its closing boundary.");
}
