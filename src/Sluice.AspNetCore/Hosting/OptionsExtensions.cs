using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore.Hosting;

internal static class OptionsExtensions
{
    /// <summary>The options, or null when something is wrong with them: that is said by their own check, not by that of others.</summary>
    public static T? ValueOrNull<T>(this IOptions<T> options)
        where T : class
    {
        try
        {
            return options.Value;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }
}
