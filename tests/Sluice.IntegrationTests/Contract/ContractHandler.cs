using System.Text.Json;

namespace Sluice.IntegrationTests.Contract;

/// <summary>
/// Fails the test whose request is answered with something that docs/openapi.json does not describe. Every client of the tests that talks
/// to a server has it.
/// </summary>
internal sealed class ContractHandler(HttpMessageHandler inner, ApiContract? contract = null) : DelegatingHandler(inner)
{
    // Longer JSON is a stored blob or somebody else's.
    private const int LongestBody = 1 << 20;

    private readonly ApiContract _contract = contract ?? ApiContract.Current;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await CheckAsync(response.RequestMessage ?? request, response, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var answer = Describe(request, response);
        if (_contract.Reads(answer) && response.Content.Headers.ContentLength <= LongestBody)
        {
            // The test reads it again, from memory.
            await response.Content.LoadIntoBufferAsync(LongestBody, cancellationToken);
            answer = answer with { Body = Parse(await response.Content.ReadAsStringAsync(cancellationToken)) };
        }

        if (_contract.Violation(answer) is { } violation)
            Assert.Fail($"{answer.Request} was answered with {answer.Status}. {violation}");
    }

    private static ContractAnswer Describe(HttpRequestMessage request, HttpResponseMessage response) => new(
        request.Method.Method,
        Path(request.RequestUri!),
        (int)response.StatusCode,
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? $"{type}".Split(';')[0].Trim() : null,
        [
            .. response.Headers.NonValidated.Select(static header => header.Key),
            .. response.Content.Headers.NonValidated.Select(static header => header.Key),
        ])
    {
        Location = response.Headers.NonValidated.TryGetValues("Location", out var location) ? $"{location}" : null,
    };

    // As the server reads it, which resolves dots; a test may send a path that Uri did not touch.
    private static string Path(Uri uri)
    {
        var path = uri.PathAndQuery.Split('?')[0];
        return path.Contains("/.", StringComparison.Ordinal) ? new Uri($"http://localhost{path}").AbsolutePath : path;
    }

    // What is no JSON is of no type that a schema may have.
    private static JsonElement Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
