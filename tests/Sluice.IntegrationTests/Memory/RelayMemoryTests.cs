using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Memory;

/// <summary>The requirement, for bodies that are passed on to a service.</summary>
[Collection(MemoryTests.Name)]
public sealed class RelayMemoryTests(AzuriteFixture azurite, WarmRelay warm) : IClassFixture<WarmRelay>
{
    public static TheoryData<int, Framing> Ways => new()
    {
        { 1, Framing.Chunked },
        { 1, Framing.ContentLength },
        { 2, Framing.Chunked },
        { 2, Framing.ContentLength },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_first_request_relays_100_MB_within_the_limit(int http, Framing framing)
    {
        await using var relay = await MeasuredRelay.FreshAsync(azurite);
        Requirement.Holds(await relay.MeasureAsync(
            $"first request, relay 100 MB, HTTP/{http}, {framing}", () => relay.SendAsync(http, Requirement.BodyBytes, framing, seed: 3)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_warm_worker_relays_100_MB_in_next_to_nothing(int http, Framing framing)
    {
        var reading = await warm.Relay.MeasureAsync(
            $"warm, relay 100 MB, HTTP/{http}, {framing}", () => warm.Relay.SendAsync(http, Requirement.BodyBytes, framing, seed: 4));
        Assert.InRange(reading.DeltaBytes, 0, Requirement.Megabyte);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_body_of_1_GB_needs_no_more_than_one_of_100_MB(int http)
    {
        var reading = await warm.Relay.MeasureAsync(
            $"warm, relay 1 GB, HTTP/{http}", () => warm.Relay.SendAsync(http, 1000 * Requirement.Megabyte, Framing.Chunked, seed: 5));
        Assert.InRange(reading.DeltaBytes, 0, Requirement.Megabyte);
    }
}
