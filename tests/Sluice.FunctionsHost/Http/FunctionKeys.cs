using Microsoft.AspNetCore.Http;

namespace Sluice.FunctionsHost.Http;

/// <summary>Who may call a function: everybody who knows the one key, in a header or in the address.</summary>
internal sealed class FunctionKeys(string key, bool allowAnonymous)
{
    public bool Allow(HttpRequest request, HttpFunction function) =>
        allowAnonymous || string.Equals(function.Authorization, "Anonymous", StringComparison.OrdinalIgnoreCase) || Given(request) == key;

    // The header wins.
    private static string? Given(HttpRequest request) =>
        request.Headers.TryGetValue("x-functions-key", out var header) ? header.FirstOrDefault() : request.Query["code"].FirstOrDefault();
}
