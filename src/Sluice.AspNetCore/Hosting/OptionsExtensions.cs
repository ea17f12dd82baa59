using Microsoft.Extensions.Options;

namespace Sluice.AspNetCore.Hosting;

internal static class OptionsExtensions
{
    /// <summary>Returns the options, or null if they are invalid. Their own check reports that, not the checks of other options.</summary>
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
