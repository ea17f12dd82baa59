using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Sluice.Memory;
using Sluice.Routing;
using Sluice.Routing.MediaTypes;

namespace Sluice.AspNetCore;

/// <summary>The rules that reach over several settings. Every message names the key and the remedy.</summary>
internal sealed class BlobOptionsCheck(IOptions<MemoryOptions> memory) : IValidateOptions<BlobOptions>
{
    public ValidateOptionsResult Validate(string? name, BlobOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsConnectionString(string value)
    {
        try
        {
            _ = new BlobServiceClient(value);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private IEnumerable<string> Problems(BlobOptions options)
    {
        if (options.Endpoint is null && string.IsNullOrEmpty(options.ConnectionString))
        {
            yield return "Sluice:Blob:Endpoint is missing: set it to https://ACCOUNT.blob.core.windows.net, or set Sluice:Blob:ConnectionString (UseDevelopmentStorage=true for Azurite).";
        }

        if (options.ConnectionString is { Length: > 0 } connectionString && !IsConnectionString(connectionString))
        {
            yield return "Sluice:Blob:ConnectionString is not the connection string of a storage account, and not UseDevelopmentStorage=true.";
        }

        // A token goes with every request, so the SDK takes no other scheme.
        if (options.Endpoint is { } endpoint && endpoint is not { IsAbsoluteUri: true, Scheme: "https" })
        {
            yield return "Sluice:Blob:Endpoint is not an https URL. (For an emulator without TLS set Sluice:Blob:ConnectionString.)";
        }

        if (options.Containers.Count == 0)
        {
            yield return "Sluice:Blob:Containers is empty: set Sluice:Blob:Containers:0 to the name of a container that may be written.";
        }

        var patterns = new List<string>();
        _ = MediaTypePolicy.Compile(options.MediaTypes, new SettingProblems($"{BlobOptions.Section}:MediaTypes", null, patterns));
        foreach (var pattern in patterns)
        {
            yield return pattern;
        }

        if (options.BlockBytes % BlockPool.SegmentBytes != 0)
        {
            yield return $"Sluice:Blob:BlockBytes is {options.BlockBytes}; it has to be a whole number of {BlockPool.SegmentBytes} bytes.";
        }

        if (options.BlockBytes > memory.Value.BudgetBytes)
        {
            yield return $"Sluice:Blob:BlockBytes ({options.BlockBytes}) is larger than Sluice:Memory:BudgetBytes ({memory.Value.BudgetBytes}): not one block would fit.";
        }
    }
}
