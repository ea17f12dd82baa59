namespace Sluice.Settings;

/// <summary>How <see cref="BlobFeatureOptions.DeleteAfterDays"/> reaches the lifecycle rules of a storage account.</summary>
public static class BlobExpiry
{
    /// <summary>The index tag that the number of days becomes, for the rules to find.</summary>
    public const string Tag = "deleteAfterDays";

    /// <summary>The possible values, in days: the templates in <c>infra</c> have a rule for each.</summary>
    public static IReadOnlyList<int> Periods { get; } = [1, 7, 30, 90, 365];
}
