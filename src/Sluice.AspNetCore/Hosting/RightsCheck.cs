using Microsoft.Extensions.Options;
using Sluice.Rights;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Compiles the rights at startup. Every message names the right and the key.</summary>
internal sealed class RightsCheck(IOptions<BlobOptions> blob, IOptions<RelayOptions> relay) : IValidateOptions<List<RightOptions>>
{
    public ValidateOptionsResult Validate(string? name, List<RightOptions> options)
    {
        var problems = options.Index()
            .SelectMany(static right => RangeCheck.Problems($"{RightOptions.Section}:{right.Index}", right.Item ?? new()))
            .ToList();
        if (blob.ValueOrNull() is { } stored && relay.ValueOrNull() is { } relayed)
        {
            _ = RightsTable.Compile(options, stored, [.. relayed.Targets.Keys], problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
