using Microsoft.Extensions.Options;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks that configured field names are valid field names.</summary>
internal sealed class LimitOptionsCheck : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options) =>
        options.ClientAddressField is { Length: > 0 } field && !HeaderName.IsValid(field)
            ? ValidateOptionsResult.Fail(
                $"{LimitOptions.Section}:{nameof(LimitOptions.ClientAddressField)} is '{field}': it must be the name of a request header, "
                    + "such as X-Azure-SocketIP. Correct it.")
            : ValidateOptionsResult.Success;
}
