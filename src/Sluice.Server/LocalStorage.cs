using Microsoft.Extensions.Options;
#if DEVELOPMENT_BUILD
using Sluice.DevelopmentStorage;
#endif

namespace Sluice.Server;

/// <summary>The storage of a development run: a development build starts Azurite, a published one does not.</summary>
internal static class LocalStorage
{
    /// <summary>Whether a connection string refers to the Azurite that this build starts.</summary>
    public static bool IsMeantBy(string? connectionString) =>
#if DEVELOPMENT_BUILD
        DevelopmentStorageService.IsDevelopmentStorage(connectionString);
#else
        false;
#endif

    /// <summary>
    /// Starts Azurite if the configuration asks for it and nothing listens on its port yet. Disposing of the result stops it.
    /// </summary>
    /// <exception cref="OptionsValidationException">Azurite can't be started; the message says what to do.</exception>
    public static async Task<IAsyncDisposable?> StartIfNeededAsync(string? connectionString)
    {
#if DEVELOPMENT_BUILD
        try
        {
            return await DevelopmentStorageService.StartIfNeededAsync(connectionString, Console.WriteLine, CancellationToken.None);
        }
        catch (DevelopmentStorageException e)
        {
            throw new OptionsValidationException("Sluice", typeof(SluiceServer), [e.Message]);
        }
#else
        await Task.CompletedTask;
        return null;
#endif
    }
}
