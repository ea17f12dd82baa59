using Sluice.Failures;

namespace Sluice.Body;

/// <summary>The result of one read of a body.</summary>
/// <param name="Bytes">How many bytes were written to the destination.</param>
/// <param name="End">No byte follows. A read that returns the last bytes may not know it yet; then the next read reports it.</param>
/// <param name="Failure">Why nothing more can be read, although the body did not end.</param>
/// <param name="More">More bytes are already available: the next read does not wait.</param>
internal readonly record struct BodyRead(int Bytes, bool End = false, Failure? Failure = null, bool More = false)
{
    public static implicit operator BodyRead(Failure failure) => new(0, false, failure);
}
