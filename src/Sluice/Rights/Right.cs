using Sluice.Callers;
using Sluice.MediaTypes;
using Sluice.Settings;

namespace Sluice.Rights;

/// <summary>One right: <see cref="RightOptions"/>, compiled.</summary>
internal sealed class Right(RightOptions options, CallerCondition callers, FolderTemplate folder, MediaTypePolicy? mediaTypes)
{
    /// <summary>Its name.</summary>
    public string Name => options.Name!;

    /// <summary>The largest body, in bytes; null for any.</summary>
    public long? MaxBytes => options.MaxBytes;

    /// <summary>The accepted media types; null for any.</summary>
    public MediaTypePolicy? MediaTypes => mediaTypes;

    /// <summary>How many bytes a caller may send a day; null for any number.</summary>
    public long? BytesPerDay => options.BytesPerDay;

    /// <summary>Whether it allows the operation.</summary>
    public bool Allows(Caller caller, RightOperation operation, Place place) =>
        options.Operations.Contains(operation)
        && callers.Holds(caller)
        && (place.Target is { } target
            ? Has(options.Targets, target, StringComparison.OrdinalIgnoreCase)
            : Has(options.Containers, place.Container!, StringComparison.Ordinal) && HasName(caller, place));

    private bool HasName(Caller caller, Place place) => folder.Of(caller) is { } of
        && (place.Name is { } name ? FolderTemplate.Has(of, name)
            : place.Prefix is not { } prefix || FolderTemplate.HasAll(of, prefix));

    private static bool Has(IEnumerable<string> names, string name, StringComparison comparison) =>
        names.Any(known => known == RightOptions.Any || known.Equals(name, comparison));
}
