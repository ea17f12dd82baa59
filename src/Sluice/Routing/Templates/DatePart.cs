using System.Globalization;
using Sluice.Failures;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Templates;

/// <summary>
/// <c>{date:FORMAT}</c>: when the request came, in UTC, in a custom format
/// (https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings). Its slashes separate parts of the name.
/// </summary>
internal sealed class DatePart(string format) : NamePart
{
    // A single letter would be a standard format, which is another language.
    private readonly string _format = format.Length == 1 ? $"%{format}" : format;

    public override Result<string> Fill(RouteEvidence evidence) => Sample(evidence.Request.Now);

    /// <exception cref="FormatException">The format is none. At start only.</exception>
    public override string Sample(DateTimeOffset now) => now.ToUniversalTime().ToString(_format, CultureInfo.InvariantCulture);
}
