using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sluice.AspNetCore.Health;

/// <summary>
/// The part of a check's result that anybody may read: <c>data["detail"]</c>. Descriptions and exceptions are for the log; they may say what
/// callers without a key are not told.
/// </summary>
internal static class HealthDetail
{
    private const string Key = "detail";

    public static IReadOnlyDictionary<string, object> Of(string detail) => new Dictionary<string, object> { [Key] = detail };

    public static string? In(HealthReportEntry entry) => entry.Data.TryGetValue(Key, out var detail) ? detail as string : null;
}
