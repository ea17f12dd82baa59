using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

internal static class ClientFaultKinds
{
    private static readonly Kind[] _body1 =
    [
        Kind.Fin, Kind.Reset, Kind.Stall, Kind.Drip, Kind.HalfChunk, Kind.BadChunk, Kind.TooShort, Kind.TooLong, Kind.NoBodyAfterContinue,
        Kind.GarbageAfterRefusal, Kind.HalfClosed, Kind.LeaveAfterBody, Kind.CutHead,
    ];

    private static readonly Kind[] _body2 =
    [
        Kind.Fin, Kind.Reset, Kind.Stall, Kind.Drip, Kind.TooShort, Kind.TooLong, Kind.NoBodyAfterContinue, Kind.HalfClosed, Kind.LeaveAfterBody,
        Kind.CutHead, Kind.ResetStream, Kind.WindowStall, Kind.RapidReset, Kind.GoAway, Kind.CutFrame, Kind.ClosedStream,
    ];

    private static readonly Kind[] _none1 = [Kind.HalfClosed, Kind.LeaveAfterBody, Kind.CutHead];
    private static readonly Kind[] _none2 = [Kind.HalfClosed, Kind.LeaveAfterBody, Kind.CutHead, Kind.ResetStream, Kind.RapidReset, Kind.GoAway];
    private static readonly Kind[] _read1 = [.. _none1, Kind.StopReading, Kind.ResetInAnswer];
    private static readonly Kind[] _read2 = [.. _none2, Kind.WindowStall, Kind.ResetInAnswer];

    /// <summary>What can go wrong with a request.</summary>
    public static IReadOnlyList<Kind> Of(FaultyRequest request, int http) => (request.HasBody, request.Method == "GET", http) switch
    {
        (true, _, 1) => _body1,
        (true, _, _) => _body2,
        (_, true, 1) => _read1,
        (_, true, _) => _read2,
        (_, _, 1) => _none1,
        _ => _none2,
    };

    /// <summary>Whether the request arrives whole and its client waits, so that it has to be answered as an honest one.</summary>
    public static bool IsDue(this Kind kind, int http) =>
        kind is Kind.Drip or Kind.GoAway or Kind.StopReading or Kind.WindowStall || (kind == Kind.TooLong && http == 1);
}
