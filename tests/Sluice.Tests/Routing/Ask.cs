using System.Buffers;
using System.Text;
using Sluice.Routing.Evidence;

namespace Sluice.Tests.Routing;

/// <summary>A request to route, and the first bytes of its body.</summary>
internal sealed record Ask
{
    public static Guid Id { get; } = Guid.Parse("0123456789abcdef0123456789abcdef");

    public string Method { get; init; } = "PUT";

    public string Path { get; init; } = "in/a.txt";

    public string? DeclaredType { get; init; }

    public long? Length { get; init; }

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string> Query { get; init; } = [];

    public ReadOnlySequence<byte> Head { get; init; }

    public bool Complete { get; init; } = true;

    public DateTimeOffset Now { get; init; } = new(2026, 7, 4, 1, 2, 3, TimeSpan.FromHours(2));

    public RouteRequest Request =>
        new(Method, Path, DeclaredType, Length, Id, Now, name => Headers.GetValueOrDefault(name), name => Query.GetValueOrDefault(name));

    public RouteEvidence Evidence => new(Request, Head, Complete);

    public static ReadOnlySequence<byte> Body(string text) => new(Encoding.UTF8.GetBytes(text));
}
