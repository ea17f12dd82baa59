using Microsoft.Extensions.Options;
using Sluice.Routing;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Compiles the rules at startup. Every message names the rule and the key.</summary>
internal sealed class RoutesCheck(IOptions<BlobOptions> blob, IOptions<RelayOptions> relay) : IValidateOptions<List<RouteOptions>>
{
    public ValidateOptionsResult Validate(string? name, List<RouteOptions> options)
    {
        var problems = new List<string>();
        if (blob.ValueOrNull() is { } stored && relay.ValueOrNull() is { } relayed)
        {
            _ = RouteTable.Compile(options, stored.Names, [.. relayed.Targets.Keys], problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
