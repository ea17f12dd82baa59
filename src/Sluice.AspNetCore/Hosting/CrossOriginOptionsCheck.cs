using Microsoft.Extensions.Options;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks which pages of other sites may call the API.</summary>
internal sealed class CrossOriginOptionsCheck : IValidateOptions<CrossOriginOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossOriginOptions options)
    {
        string[] problems =
        [
            .. Origins.Problems($"{CrossOriginOptions.Section}:{nameof(options.Blobs)}", options.Blobs),
            .. Origins.Problems($"{CrossOriginOptions.Section}:{nameof(options.Ingest)}", options.Ingest),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
