using System.Buffers.Text;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Resumable;
using Sluice.Resumable;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the settings of resumable uploads. No message contains a key.</summary>
internal sealed class ResumableOptionsCheck(IOptions<BlobOptions> blob) : IValidateOptions<ResumableOptions>
{
    private const int MaxKeys = 8;

    public ValidateOptionsResult Validate(string? name, ResumableOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(ResumableOptions options)
    {
        for (var index = 0; index < options.Keys.Count; index++)
        {
            if (!Base64.IsValid(options.Keys[index], out var bytes) || bytes != TicketSeal.KeyBytes)
            {
                yield return $"{ResumableOptions.Section}:Keys:{index} is not 256 bits in base64. Make one with: openssl rand -base64 32";
            }
        }

        if (options.Keys.Count > MaxKeys)
        {
            yield return $"{ResumableOptions.Section}:Keys has {options.Keys.Count} keys; at most {MaxKeys} are tried.";
        }

        if (blob.ValueOrNull() is { } stored)
        {
            if (options.Container is { } container && !stored.IsOpen(container))
            {
                yield return $"{ResumableOptions.Section}:Container is '{container}': not one of {BlobOptions.Section}:Containers or "
                    + $"{BlobOptions.Section}:Aliases.";
            }

            // Another alias would silently take the place of the first.
            if (options is { Container: null, Keys.Count: > 0 } && stored is { Containers.Count: 0, Aliases.Count: > 1 })
            {
                yield return $"{ResumableOptions.Section}:Container is missing: without {BlobOptions.Section}:Containers, "
                    + $"it must name one of {BlobOptions.Section}:Aliases. Set it.";
            }
        }

        if (UploadTickets.Compile(options.Name ?? "", out var problem) is null)
        {
            yield return $"{ResumableOptions.Section}:Name is '{options.Name}': {problem}.";
        }

        foreach (var origin in Origins.Problems($"{ResumableOptions.Section}:AllowedOrigins", options.AllowedOrigins))
        {
            yield return origin;
        }
    }
}
