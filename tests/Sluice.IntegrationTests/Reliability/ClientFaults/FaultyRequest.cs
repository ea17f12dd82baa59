namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>A request, as it would be sent by a client without faults.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The path and query, as they are.</param>
/// <param name="Headers">The headers, without those that frame the body.</param>
/// <param name="Body">The whole body.</param>
/// <param name="HasBody">Whether there is one, be it empty.</param>
/// <param name="IsSized">Whether the way in needs its length.</param>
internal sealed record FaultyRequest(
    string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, bool HasBody, bool IsSized)
{
    public static async Task<FaultyRequest> OfAsync(HttpRequestMessage request, bool isSized, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .Where(static header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .Select(static header => (header.Key, string.Join(", ", header.Value)));
        var target = request.RequestUri!.PathAndQuery;
        return new FaultyRequest(request.Method.Method, target, [.. headers], body, request.Content is not null, isSized);
    }
}
