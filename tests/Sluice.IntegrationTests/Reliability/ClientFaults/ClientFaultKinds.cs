using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;
using Sent = Sluice.IntegrationTests.Reliability.ClientFaults.SentRequest;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>
/// The one table of what each kind of fault means: with which requests it is possible, what the server gets, and whether it has to answer.
/// </summary>
internal static class ClientFaultKinds
{
    private static readonly RequestShape[] _body = [RequestShape.Body];
    private static readonly RequestShape[] _get = [RequestShape.Get];
    private static readonly RequestShape[] _any = [RequestShape.Body, RequestShape.Get, RequestShape.Other];

    /// <summary>All kinds, in each version of HTTP in which they are possible.</summary>
    public static IReadOnlyList<ClientFaultRule> All { get; } =
    [
        new(Kind.Fin, 1, _body, Sent.Part),
        new(Kind.Fin, 2, _body, Sent.Part),
        new(Kind.Reset, 1, _body, Sent.Part),
        new(Kind.Reset, 2, _body, Sent.Part),
        new(Kind.Stall, 1, _body, Sent.Part),
        new(Kind.Stall, 2, _body, Sent.Part),
        new(Kind.Drip, 1, _body, Sent.Whole, IsDue: true),
        new(Kind.Drip, 2, _body, Sent.Whole, IsDue: true),
        new(Kind.Trickle, 1, _body, Sent.Part),
        new(Kind.Trickle, 2, _body, Sent.Part),
        new(Kind.HalfChunk, 1, _body, Sent.Part),
        new(Kind.BadChunk, 1, _body, Sent.Part),
        new(Kind.TooShort, 1, _body, Sent.Part),
        new(Kind.TooShort, 2, _body, Sent.Part),
        new(Kind.TooLong, 1, _body, Sent.Whole, IsDue: true),
        new(Kind.TooLong, 2, _body, Sent.Either),
        new(Kind.NoBodyAfterContinue, 1, _body, Sent.Part),
        new(Kind.NoBodyAfterContinue, 2, _body, Sent.Part),
        new(Kind.GarbageAfterRefusal, 1, _body, Sent.Part),
        new(Kind.HalfClosed, 1, _any, Sent.Whole),
        new(Kind.HalfClosed, 2, _any, Sent.Whole),
        new(Kind.LeaveAfterBody, 1, _any, Sent.Whole),
        new(Kind.LeaveAfterBody, 2, _any, Sent.Whole),
        new(Kind.CutHead, 1, _any, Sent.Part),
        new(Kind.CutHead, 2, _any, Sent.Part),
        new(Kind.StopReading, 1, _get, Sent.Whole, IsDue: true),
        new(Kind.NeverRead, 1, _get, Sent.Part),
        new(Kind.NeverRead, 2, _get, Sent.Part),
        new(Kind.ResetInAnswer, 1, _get, Sent.Whole),
        new(Kind.ResetInAnswer, 2, _get, Sent.Whole),
        new(Kind.ResetStream, 2, _any, Sent.Either),
        new(Kind.WindowStall, 2, [RequestShape.Body, RequestShape.Get], Sent.Whole, IsDue: true),
        new(Kind.WindowOverrun, 2, _body, Sent.Part),
        new(Kind.RapidReset, 2, _any, Sent.Either),
        new(Kind.GoAway, 2, _any, Sent.Whole, IsDue: true),
        new(Kind.CutFrame, 2, _body, Sent.Part),
        new(Kind.ClosedStream, 2, _body, Sent.Whole),
    ];

    /// <summary>What is true of a kind in a version of HTTP.</summary>
    public static ClientFaultRule Rule(Kind kind, int http) => All.Single(rule => rule.Kind == kind && rule.Http == http);

    /// <summary>What decides what can go wrong with a request.</summary>
    public static RequestShape ShapeOf(HttpRequestMessage request) =>
        request.Content is not null ? RequestShape.Body : request.Method == HttpMethod.Get ? RequestShape.Get : RequestShape.Other;
}
