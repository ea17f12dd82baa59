using Sluice.Callers;
using Sluice.MediaTypes;
using Sluice.Settings;

namespace Sluice.Rights;

/// <summary>Compiles rights, and reports everything that is wrong with them.</summary>
/// <param name="blob">The containers.</param>
/// <param name="targets">The downstream services.</param>
internal sealed class RightsCompiler(BlobOptions blob, IReadOnlyCollection<string> targets)
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compiles one right; null if something is wrong with it.</summary>
    public Right? Compile(RightOptions options, string section, ICollection<string> problems)
    {
        var before = problems.Count;
        var found = new SettingProblems(section, null, problems);
        if (string.IsNullOrWhiteSpace(options.Name))
        {
            found.Missing("Name", "it is required, because reports name the right");
        }
        else if (!_names.Add(options.Name))
        {
            found.Add("Name", options.Name, "an earlier right has the same name");
        }

        CheckCallers(options, found);
        CheckPlaces(options, found);
        if (!FolderTemplate.TryParse(options.Prefix ?? "", out var folder, out var problem))
        {
            found.Add("Prefix", options.Prefix, problem);
        }

        if (options.BytesPerDay is { } bytes && string.IsNullOrEmpty(blob.QuotaContainer))
        {
            found.Add("BytesPerDay", bytes, $"it requires {BlobOptions.Section}:{nameof(blob.QuotaContainer)}, where bytes are counted");
        }

        var mediaTypes = MediaTypePolicy.Compile(options.MediaTypes, found.Under("MediaTypes"));
        return problems.Count == before ? new Right(options, new CallerCondition(options.Callers!), folder!, mediaTypes) : null;
    }

    private static void CheckCallers(RightOptions options, SettingProblems found)
    {
        if (!CallerCondition.IsGiven(options.Callers))
        {
            var kinds = string.Join(", ", Enum.GetNames<CallerKind>());
            found.Missing("Callers", $"a right must say whom it is for; for everybody, list all of {kinds} in Callers:Kinds");
            return;
        }

        foreach (var (claim, values) in options.Callers!.Claims)
        {
            if (values is not { Count: > 0 })
            {
                found.Under("Callers:Claims").Missing(claim, "it must list the values of the claim");
            }
        }
    }

    private void CheckPlaces(RightOptions options, SettingProblems found)
    {
        if (options.Operations.Count == 0)
        {
            found.Missing("Operations", $"it must list some of {string.Join(", ", Enum.GetNames<RightOperation>())}");
        }

        if (options.Operations.Any(static operation => operation != RightOperation.Relay) && options.Containers.Count == 0)
        {
            found.Missing("Containers", "it must name containers, or be * for all");
        }

        if (options.Operations.Contains(RightOperation.Relay) && options.Targets.Count == 0)
        {
            found.Missing("Targets", "it must name targets, or be * for all");
        }

        foreach (var (index, container) in options.Containers.Index())
        {
            if (container != RightOptions.Any && !blob.IsOpen(container ?? ""))
            {
                found.Add($"Containers:{index}", container, "not one of Sluice:Blob:Containers or Sluice:Blob:Aliases, nor *");
            }
        }

        foreach (var (index, target) in options.Targets.Index())
        {
            if (target != RightOptions.Any && !targets.Contains(target ?? "", StringComparer.OrdinalIgnoreCase))
            {
                found.Add($"Targets:{index}", target, "not one of Sluice:Relay:Targets, nor *");
            }
        }
    }
}
