using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sluice.AspNetCore.Health;

/// <summary>
/// The public part of a check's result: <c>data["detail"]</c>. Descriptions and exceptions go to the log only; they may hold details that
/// callers without a key must not see.
/// </summary>
internal static class HealthDetail
{
    private const string Key = "detail";

    public static IReadOnlyDictionary<string, object> Of(string detail) => new Dictionary<string, object> { [Key] = detail };

    public static string? In(HealthReportEntry entry) => entry.Data.TryGetValue(Key, out var detail) ? detail as string : null;
}
