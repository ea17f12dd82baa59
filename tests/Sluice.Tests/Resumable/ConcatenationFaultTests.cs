using Sluice.Tests.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Whatever goes wrong while parts are put together, and at whichever request to storage: the whole is there byte for byte or not at all,
/// nobody can read a part afterwards, and the request can be sent again. Only a process that dies leaves something, at most one part.
/// </summary>
public sealed class ConcatenationFaultTests
{
    public static TheoryData<string> Faults { get; } = [.. Turns.Keys];

    private static Dictionary<string, StorageTurn> Turns => new()
    {
        ["400"] = Turn.Refuse(400, "InvalidBlockList"),
        ["403"] = Turn.Refuse(403, "AuthorizationPermissionMismatch"),
        ["404"] = Turn.Refuse(404, "ContainerNotFound"),
        ["409"] = Turn.Refuse(409, "SnapshotsPresent"),
        ["412"] = Turn.Refuse(412, "LeaseIdMissing"),
        ["500"] = Turn.Refuse(500, "InternalError"),
        ["503"] = Turn.Refuse(503, "ServerBusy"),
        ["a connection that breaks"] = Turn.Throw(Turn.Reset()),
        ["an answer that is lost"] = Turn.LoseAnswer,
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_at_any_request_leaves_nothing_to_read_and_the_request_can_be_sent_again(string fault) =>
        AtEveryRequestAsync(deferred: false, (_, first) => first ? Turns[fault] : null, fault);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_process_that_dies_leaves_at_most_one_part_and_the_next_request_goes_on_from_there(bool deferred) =>
        AtEveryRequestAsync(deferred, static (_, _) => Turn.Throw(Turn.Reset()), "death", visible: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_process_that_dies_of_its_last_request_leaves_at_most_one_part_and_the_next_request_goes_on_from_there(bool deferred) =>
        AtEveryRequestAsync(
            deferred, static (_, first) => first ? Turn.LoseAnswer : Turn.Throw(Turn.Reset()), "death after a request", visible: 1);

    [Fact]
    public Task A_client_that_leaves_at_any_request_leaves_nothing_to_read() =>
        AtEveryRequestAsync(deferred: false, Leaving, "client gone");

    [Fact]
    public Task A_shutdown_at_any_request_leaves_nothing_to_read() => AtEveryRequestAsync(deferred: false, ShuttingDown, "shutdown");

    private static StorageTurn? Leaving(ConcatenationWorld world, bool first)
    {
        if (first)
        {
            world.Rig.Client.Cancel();
        }

        return null;
    }

    private static StorageTurn? ShuttingDown(ConcatenationWorld world, bool first)
    {
        if (first)
        {
            world.Rig.Shutdown.Abandon();
        }

        return null;
    }

    // Once for each request that a concatenation makes: what happens from that one on.
    private static async Task AtEveryRequestAsync(
        bool deferred, Func<ConcatenationWorld, bool, StorageTurn?> happens, string what, int visible = 0)
    {
        var requests = int.MaxValue;
        for (var at = 0; at < requests; at++)
        {
            var world = await ConcatenationWorld.NewAsync(deferred);
            var before = world.Storage.Requests.Count;
            var others = world.Storage.Otherwise;
            world.Storage.Otherwise = exchange => world.Storage.Requests.Count - 1 - before is var index && index >= at
                && happens(world, index == at) is { } turn
                ? turn(exchange)
                : others(exchange);

            var result = await world.ConcatenateAsync();
            world.Storage.Otherwise = others;

            var told = world.Storage.Requests.ElementAtOrDefault(before + at)?.Operation;
            var after = $"{what} at request {at} ({told}), {(result.Failure is { } failure ? failure.Kind : "complete")}";
            Assert.True(world.Visible.Count <= visible, $"{after}: {world.Visible.Count} parts can be read.");
            Assert.True(world.Stored is null || world.Bytes.AsSpan().SequenceEqual(world.Stored), $"{after}: the whole is torn.");
            Assert.True(result.Failure is not null || world.Stored is not null, $"{after}: told complete, and is not there.");
            await world.AssertRepeatableAsync(after);

            // Once none is hit any more, all were.
            requests = told is null ? at : int.MaxValue;
            Assert.True(at < 300);
        }
    }
}
