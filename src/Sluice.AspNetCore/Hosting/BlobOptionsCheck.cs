using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Sluice.MediaTypes;
using Sluice.Memory;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks the rules that span several settings. Every message names the key and the remedy.</summary>
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
        foreach (var problem in Account(options).Concat(Containers(options.Containers)))
        {
            yield return problem;
        }

        var patterns = new List<string>();
        _ = MediaTypePolicy.Compile(options.MediaTypes, new SettingProblems($"{BlobOptions.Section}:MediaTypes", null, patterns));
        foreach (var pattern in patterns)
        {
            yield return pattern;
        }

        if (options.BlockBytes % BlockPool.SegmentBytes != 0)
        {
            yield return $"Sluice:Blob:BlockBytes is '{options.BlockBytes}': it must be a multiple of {BlockPool.SegmentBytes}. Round it.";
        }

        if (memory.ValueOrNull() is { } budget && options.BlockBytes > budget.BudgetBytes)
        {
            yield return $"Sluice:Blob:BlockBytes is '{options.BlockBytes}': it must be at most Sluice:Memory:BudgetBytes ({budget.BudgetBytes}), or no block fits into memory. Lower the block size, or raise the budget.";
        }
    }

    // Neither value is shown: a connection string contains a key, and an endpoint may contain a shared access signature.
    private static IEnumerable<string> Account(BlobOptions options)
    {
        var connectionString = string.IsNullOrWhiteSpace(options.ConnectionString) ? null : options.ConnectionString;
        if (options.Endpoint is null && connectionString is null)
        {
            yield return "Sluice:Blob:Endpoint is missing: set it to https://ACCOUNT.blob.core.windows.net, "
                + "or set Sluice:Blob:ConnectionString (UseDevelopmentStorage=true for Azurite).";
        }

        if (options.Endpoint is not null && connectionString is not null)
        {
            yield return "Sluice:Blob:Endpoint is set, and so is Sluice:Blob:ConnectionString: only one of them may select the account. "
                + "Remove one of the two, or set it to an empty value.";
        }

        if (connectionString is not null && !IsConnectionString(connectionString))
        {
            yield return Uri.TryCreate(connectionString, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? "Sluice:Blob:ConnectionString is a URL: it must be the connection string of a storage account. Set the URL as Sluice:Blob:Endpoint instead."
                : $"Sluice:Blob:ConnectionString is a value of {connectionString.Length} characters that can't be parsed: it must be the connection string of a storage account (AccountName=…;AccountKey=…), or UseDevelopmentStorage=true. Copy all of it.";
        }

        // Every request carries a token, so the SDK accepts no other scheme.
        var what = options.Endpoint switch
        {
            null => null,
            { IsAbsoluteUri: false } => "no URL",
            { Scheme: not "https" and var scheme } => $"a URL of the scheme {scheme}",
            { UserInfo: not "" } => "a URL with a user name",
            { Query: not "" } => "a URL with a query, which may be a shared access signature",
            { Fragment: not "" } => "a URL with a fragment",
            _ => null,
        };
        if (what is not null)
        {
            yield return $"Sluice:Blob:Endpoint is {what}: it must be an https URL, such as https://ACCOUNT.blob.core.windows.net, and nothing else. For an emulator without TLS, or a shared access signature, set Sluice:Blob:ConnectionString.";
        }
    }

    private static IEnumerable<string> Containers(IList<string> containers)
    {
        if (containers.Count == 0)
        {
            yield return "Sluice:Blob:Containers is empty: set Sluice:Blob:Containers:0 to the name of a container.";
        }

        foreach (var (index, container) in containers.Index().Where(static container => !ContainerName.IsValid(container.Item ?? "")))
        {
            yield return string.IsNullOrEmpty(container)
                ? $"Sluice:Blob:Containers:{index} is empty: it must be the name of a container, {ContainerName.Rule}. Set it, or remove it."
                : $"Sluice:Blob:Containers:{index} is '{Redaction.Short(container)}': it must be the name of a container, {ContainerName.Rule}. Correct it.";
        }
    }
}
