using Sluice.Failures;

namespace Sluice.Body;

/// <summary>What one read of a body brought.</summary>
/// <param name="Bytes">How many bytes were written to the destination.</param>
/// <param name="End">No byte follows. A read that brings the last bytes may or may not know it yet; then the next one says so.</param>
/// <param name="Failure">Why there is nothing more to read, though the body did not end.</param>
/// <param name="More">Further bytes are here already: the next read does not wait.</param>
internal readonly record struct BodyRead(int Bytes, bool End = false, Failure? Failure = null, bool More = false)
{
    public static implicit operator BodyRead(Failure failure) => new(0, false, failure);
}
