namespace Sluice.FunctionsHost.Http;

/// <summary>
/// Tries again when the worker can't be reached: ten times in all, 50 to 250 ms apart. As RetryProxyHandler in
/// https://github.com/Azure/azure-functions-host
/// </summary>
internal sealed class RetryHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int Attempts = 10;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var (attempt, pause) = (1, 50); ; attempt++, pause = Math.Min(2 * pause, 250))
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }
}
