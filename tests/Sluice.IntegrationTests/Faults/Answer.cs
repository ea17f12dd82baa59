using System.Text.Json;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A response of the server, read to its end.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The status and the last part of the problem's type, which is what a test is about.</summary>
    public string Problem => Headers.GetValueOrDefault("Content-Type") == "application/problem+json" && Text("status") == $"{Status}"
        ? $"{Status} {Text("type").Split(':', '#')[^1]}"
        : $"{Status} {Body}";

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>A member of the JSON body.</summary>
    public string Text(string member) => JsonDocument.Parse(Body).RootElement.GetProperty(member).ToString();

    public static async Task<Answer> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
