#pragma warning disable
using System.Buffers;
namespace Sluice.Routing;
internal sealed record RouteRequest
{
    public required string Method { get; init; }
    public required string Path { get; init; }
    public string? DeclaredType { get; init; }
    public long? Length { get; init; }
    public required Guid Id { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required Func<string, string?> Header { get; init; }
    public required Func<string, string?> Query { get; init; }
}
internal sealed record RouteDecision(string Rule, BlobTarget? Store, RelayPath? Relay, TeeCommit? Commit);
internal sealed class MediaTypePolicy
{
    public Failure? Check(string? declared, string? sniffed) => null;
}
internal sealed class RouteTable
{
    public Result<RouteDecision> Decide(RouteRequest request, ReadOnlySequence<byte> head, bool complete) => new Failure(FailureKind.NoRoute, Phase.Route, "No rule.");
}
