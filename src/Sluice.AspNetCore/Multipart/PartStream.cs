using Sluice.Body;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// The bytes of one part. If the form ends while they are read, the form keeps the failure, and the read throws it as a broken body.
/// </summary>
internal sealed class PartStream(Stream content, FormReader form) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new IOException(form.Fail(e).Detail, e);
        }
    }
}
