using Sluice.Body;
using Sluice.Failures;

namespace Sluice.Tests.Body;

/// <summary>Reads a body to its end, or to its failure.</summary>
/// <param name="Bytes">What was read before.</param>
/// <param name="Failure">Why it did not end.</param>
internal sealed record Reading(byte[] Bytes, Failure? Failure)
{
    public static async Task<Reading> OfAsync(BodySource source, int bufferBytes = 4096, CancellationToken cancellationToken = default)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[bufferBytes];
        while (true)
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            bytes.Write(buffer, 0, read.Bytes);
            if (read.End || read.Failure is not null)
            {
                return new Reading(bytes.ToArray(), read.Failure);
            }

            Assert.NotEqual(0, read.Bytes);
        }
    }
}
