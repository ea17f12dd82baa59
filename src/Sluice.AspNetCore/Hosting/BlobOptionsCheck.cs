using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Requests;
using Sluice.MediaTypes;
using Sluice.Memory;
using Sluice.Names;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the rules that span several settings. Every message names the key and the remedy.</summary>
internal sealed class BlobOptionsCheck(IOptions<MemoryOptions> memory) : IValidateOptions<BlobOptions>
{
    public ValidateOptionsResult Validate(string? name, BlobOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(BlobOptions options)
    {
        foreach (var problem in BlobAccountCheck.Problems(options).Concat(ContainerNamesCheck.Problems(options)))
        {
            yield return problem;
        }

        var patterns = new List<string>();
        _ = MediaTypePolicy.Compile(options.MediaTypes, new SettingProblems($"{BlobOptions.Section}:MediaTypes", null, patterns));
        _ = ContainerFeatures.Compile(options, patterns);
        ContainerEncryption.Check(options, patterns);
        foreach (var pattern in patterns)
        {
            yield return pattern;
        }

        foreach (var (index, header) in options.FeatureHeaders.Index().Where(static header =>
            !FeatureHeaders.All.Contains(header.Item, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"Sluice:Blob:FeatureHeaders:{index} is '{Redaction.Short(header ?? "")}': "
                + $"it must be one of {string.Join(", ", FeatureHeaders.All)}. Correct it.";
        }

        if (options.BlockBytes % BlockPool.SegmentBytes != 0)
        {
            yield return $"Sluice:Blob:BlockBytes is '{options.BlockBytes}': it must be a multiple of {BlockPool.SegmentBytes}. Round it.";
        }

        if (memory.ValueOrNull() is { } budget && options.BlockBytes > budget.BudgetBytes)
        {
            yield return $"Sluice:Blob:BlockBytes is '{options.BlockBytes}': it must be at most Sluice:Memory:BudgetBytes "
                + $"({budget.BudgetBytes}), or no block fits into memory. Lower the block size, or raise the budget.";
        }
    }
}
