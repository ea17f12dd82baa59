using System.Globalization;

namespace Sluice.Storage;

/// <summary>Something other than storage answered in its place. The SDK retries after exceptions with this base class.</summary>
/// <param name="status">The status of the answer.</param>
internal sealed class StrangeAnswerException(int status)
    : IOException(
        $"Something between here and the blob service answered {status.ToString(CultureInfo.InvariantCulture)} in its place "
            + $"(without x-ms-request-id).");
