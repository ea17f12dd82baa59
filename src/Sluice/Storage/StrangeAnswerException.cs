using System.Globalization;

namespace Sluice.Storage;

/// <summary>Something other than storage answered in its place. The SDK retries after exceptions with this base class.</summary>
/// <param name="status">The status of the answer.</param>
internal sealed class StrangeAnswerException(int status)
    : IOException(
        $"Something between Sluice and the blob service returned {status.ToString(CultureInfo.InvariantCulture)} instead of the blob "
            + $"service (without x-ms-request-id).");
