using System.Globalization;

namespace Sluice.Storage;

/// <summary>Something answered in the place of storage. The SDK tries again after exceptions of this base.</summary>
/// <param name="status">What it answered.</param>
internal sealed class StrangeAnswerException(int status)
    : IOException($"Something between here and the blob service answered {status.ToString(CultureInfo.InvariantCulture)} in its place (without x-ms-request-id).");
