using System.Text.Json;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>What a client got for a request.</summary>
/// <param name="Status">The status; 0 if the connection ended before there was a whole answer.</param>
/// <param name="Headers">The headers of the answer, by their names.</param>
/// <param name="Body">The whole body of the answer.</param>
/// <param name="Broken">Why there was no whole answer.</param>
internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, string? Broken = null)
{
    /// <summary>What is said of a request whose connection ended before its answer.</summary>
    public const string NoAnswer = "no answer";

    /// <summary>Whether the client broke the request on purpose, so that it may be refused, or not answered at all.</summary>
    public bool IsFaulted { get; init; }

    /// <summary>Whether the whole request was sent, and nothing else. If not, the server must not act as if it had been.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>How many bytes of a body that broke off the server has received; null where that is not known.</summary>
    public int? ArrivedBytes { get; init; }

    private static readonly Dictionary<string, string> _none = [];

    /// <summary>The status and, of a problem, its type without the prefix.</summary>
    public string Said =>
        Broken is not null ? NoAnswer : IsProblem ? $"{Status} {Json().GetProperty("type").GetString()!.Split(':', '#')[^1]}" : $"{Status}";

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether a client may send the same again, and should: it can't know more.</summary>
    public bool IsToBeRepeated => Status is 0 or 408 or 409 or 423 or 429 or >= 500 || (IsFaulted && !IsSuccess);

    /// <summary>
    /// Whether it is what a client may be told that broke its own request,
    /// or was starved by a busy machine (<see cref="World.IsImpatient"/>).
    /// </summary>
    public bool BlamesClient => IsFaulted || Status == 408;

    /// <summary>Whether it is a problem document (RFC 9457).</summary>
    public bool IsProblem => Header("Content-Type") == "application/problem+json" && Body.Length > 0;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public long? Offset => long.TryParse(Header("Upload-Offset"), out var offset) ? offset : null;

    public JsonElement Json() => JsonDocument.Parse(Body).RootElement;

    public static Reply None(Exception e) => new(0, _none, [], e.GetBaseException().Message);

    public static async Task<Reply> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
