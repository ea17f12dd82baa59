using System.Globalization;
using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>
/// <c>{date:FORMAT}</c>: when the request arrived, in UTC, in a custom format
/// (https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings). Slashes in it separate segments of the
/// name.
/// </summary>
internal sealed class DatePart(string format) : NamePart
{
    // A single letter would be a standard format, which has a different syntax.
    private readonly string _format = format.Length == 1 ? $"%{format}" : format;

    public override Result<string> Fill(RouteEvidence evidence) => Sample(evidence.Request.Now);

    /// <exception cref="FormatException">The format is invalid. Only at startup.</exception>
    public override string Sample(DateTimeOffset now) => now.ToUniversalTime().ToString(_format, CultureInfo.InvariantCulture);
}
