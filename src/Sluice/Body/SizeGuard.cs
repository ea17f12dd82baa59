using Sluice.Failures;

namespace Sluice.Body;

/// <summary>
/// Counts the bytes of a body. Fails it when it exceeds the limit, or when it ends with a length other than the declared one.
/// </summary>
internal sealed class SizeGuard(BodySource inner, long? declaredLength, long maxBytes) : BodySource
{
    /// <summary>How many bytes have passed.</summary>
    public long Bytes { get; private set; }

    public override async ValueTask<BodyRead> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(destination, cancellationToken);
        Bytes += read.Bytes;
        if (Bytes > maxBytes)
        {
            return new Failure(
                FailureKind.BodyTooLarge, Phase.Transfer, $"The body is larger than {maxBytes} bytes.")
            { LimitBytes = maxBytes };
        }

        return declaredLength is { } length && (Bytes > length || (read.End && Bytes != length))
            ? new Failure(FailureKind.BodyTruncated, Phase.Transfer, $"The body was declared as {length} bytes, but {Bytes} arrived.")
            : read;
    }
}
