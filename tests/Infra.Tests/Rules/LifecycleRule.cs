using Sluice.Settings;
using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// Parts of resumable uploads are blobs for a moment. What a process leaves that dies in that moment is deleted,
/// in every container that is written to. And so is what an upload wants to be deleted, after each of the periods.
/// </summary>
internal static class LifecycleRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot)
    {
        var deleted = (
            from policy in Of(snapshot, $"{Storage}/managementPolicies")
            from rule in policy["properties"]!["policy"]!["rules"]!.AsArray()
            where Text(rule, "enabled") == "true"
                && Text(rule, "definition.actions.baseBlob.delete.daysAfterModificationGreaterThan") == "7"
            from prefix in rule!["definition"]!["filters"]!["prefixMatch"]?.AsArray() ?? []
            select (string)prefix!).ToHashSet();
        return
        [
            .. from setting in Settings.Of(snapshot)
               where setting.Key.StartsWith("Sluice__Blob__Containers__", StringComparison.Ordinal)
               let prefix = $"{setting.Value}/{ResumableOptions.PartsPrefix}"
               where !deleted.Contains(prefix)
               select $"What is left in {prefix} is not deleted after a week.",
            .. BlobExpiry.Periods.Where(days => !IsKept(snapshot, days))
                .Select(static days => $"What an upload wants to be deleted after {days} days stays."),
        ];
    }

    private static bool IsKept(JsonNode snapshot, int days) => (
        from policy in Of(snapshot, $"{Storage}/managementPolicies")
        from rule in policy["properties"]!["policy"]!["rules"]!.AsArray()
        where Text(rule, "enabled") == "true"
            && Text(rule, "definition.actions.baseBlob.delete.daysAfterModificationGreaterThan") == $"{days}"
        from tag in rule!["definition"]!["filters"]!["blobIndexMatch"]?.AsArray() ?? []
        select (Text(tag, "name"), Text(tag, "op"), Text(tag, "value"))).Contains((BlobExpiry.Tag, "==", $"{days}"));
}
