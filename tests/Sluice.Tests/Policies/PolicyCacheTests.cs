using Microsoft.Extensions.Time.Testing;
using Sluice.AspNetCore.Policies;

namespace Sluice.Tests.Policies;

/// <summary>Decisions of a policy service that are used again.</summary>
public sealed class PolicyCacheTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_decision_is_kept_for_exactly_its_lifetime()
    {
        var (cache, answer) = (new PolicyCache(2, _time), new PolicyAnswer { Name = "a" });
        cache.Keep("q", answer, _minute);

        _time.Advance(_minute - TimeSpan.FromTicks(1));
        Assert.Same(answer, cache.Find("q"));
        Assert.Null(cache.Find("other"));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(cache.Find("q"));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(2, 0)]
    [InlineData(2, -1)]
    public void Nothing_is_kept_without_room_or_a_lifetime(int capacity, int seconds)
    {
        var cache = new PolicyCache(capacity, _time);
        cache.Keep("q", new PolicyAnswer(), TimeSpan.FromSeconds(seconds));
        Assert.Null(cache.Find("q"));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_new_decision_takes_the_place_of_the_oldest()
    {
        var cache = new PolicyCache(2, _time);
        foreach (var key in (string[])["a", "b", "c"])
            cache.Keep(key, new PolicyAnswer { Name = key }, _minute);

        Assert.Equal((null, "b", "c"), (cache.Find("a")?.Name, cache.Find("b")?.Name, cache.Find("c")?.Name));
    }

    // Otherwise the turn of the first one would end the second one early.
    [Fact]
    public void A_decision_that_is_made_again_counts_from_then()
    {
        var cache = new PolicyCache(3, _time);
        cache.Keep("a", new PolicyAnswer { Name = "first" }, _minute);
        cache.Keep("b", new PolicyAnswer(), _minute);
        cache.Keep("a", new PolicyAnswer { Name = "second" }, _minute);
        cache.Keep("c", new PolicyAnswer(), _minute);

        Assert.Equal("second", cache.Find("a")?.Name);
        Assert.Equal(3, cache.Count);
        for (var i = 0; i < 1_000; i++)
            cache.Keep("a", new PolicyAnswer(), _minute);
        Assert.Equal(1, cache.Count);
    }
}
