using Sluice.IntegrationTests.Reliability.Ways;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>Every way in and out that has to do with storage.</summary>
internal static class AllWays
{
    /// <summary>Those that every world has.</summary>
    public static IReadOnlyList<Way> Common { get; } =
    [
        new PutWay("PUT, small", 0, 60_000),
        new PutWay("PUT, held", 66_000, 400_000),
        new PutWay("PUT, If-None-Match", 1, 200_000, "If-None-Match"),
        new PutWay("PUT, If-Match", 1, 200_000, "If-Match"),
        new PutWay("ingest", 1, 200_000, route: "/api/ingest/"),
        new FormWay(atomic: false),
        new FormWay(atomic: true),
        new WebhookWay(isLong: false),
        new WebhookWay(isLong: true),
        new TeeWay(TeeCommit.Both),
        new TeeWay(TeeCommit.BlobFirst),
        new TeeWay(TeeCommit.DownstreamFirst),
        new ResumableWay(http: false, first: false, checks: false),
        new ResumableWay(http: false, first: true, checks: true),
        new ResumableWay(http: true, first: false, checks: false),
        new ResumableWay(http: true, first: true, checks: true),
        new CancelWay(http: false),
        new CancelWay(http: true),
        new ReadWay(ranged: false),
        new ReadWay(ranged: true),
    ];

    /// <summary>Those that need more: a second server, or to be alone.</summary>
    public static IReadOnlyList<Way> Special { get; } =
    [
        new PutWay("PUT, passed through", 3_400_000, 4_500_000, passes: true),
        new ConcatenationWay(),
    ];
}
