using Sluice.Body;

namespace Sluice.AspNetCore.Multipart;

/// <summary>The bytes of one part. What ends the form while they are read is kept by the form, and thrown as the broken body that it is.</summary>
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
