using CsCheck;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>The ids of events that tell of deliveries: by them a service knows that it has seen one.</summary>
public sealed class EventIdTests
{
    private static readonly Gen<string> _names = Gen.OneOf("a", ".", "_", "~", "/", "-").Array[1, 5].Select(string.Concat);

    [Theory]
    [InlineData("told.1", "it/told_1")]
    [InlineData("told_1", "it/told~_1")]
    [InlineData("72d3162e-cc78-11e3-81ab-4c9367dc0958", "it/72d3162e-cc78-11e3-81ab-4c9367dc0958")]
    public void They_have_no_full_stop(string delivery, string id) => Assert.Equal(id, EventId.Of("it", delivery, null));

    // All that could be taken for one another: every text of up to four of these, for the first bytes of a name and for others.
    [Fact]
    public void Neither_do_two_that_are_almost_alike()
    {
        string[] letters = ["a", ".", "_", "~"];
        var names = new List<string> { "" };
        for (var i = 0; i < 4; i++)
        {
            names.AddRange([.. names.SelectMany(name => letters.Select(letter => name + letter))]);
        }

        var deliveries = names.Distinct()
            .SelectMany(static name => new string?[] { null, ".1", ".a", ".~", "._" }.Select(suffix => (name, suffix)))
            .ToList();

        Assert.Equal(deliveries.Count, deliveries.Select(static one => EventId.Of("it", one.name, one.suffix)).Distinct().Count());
    }

    [Fact]
    public void Different_deliveries_never_have_the_same() => Gen.Select(_names, _names, Gen.Bool).Array[2].Sample(static two =>
    {
        var ids = two.Select(static one => EventId.Of("it", one.Item1, one.Item3 ? $".{one.Item2.Replace('/', 'x')}" : null)).ToArray();
        var same = two[0].Item1 == two[1].Item1 && two[0].Item3 == two[1].Item3
            && (!two[0].Item3 || two[0].Item2.Replace('/', 'x') == two[1].Item2.Replace('/', 'x'));
        Assert.Equal(same, ids[0] == ids[1]);
        Assert.All(ids, static id => Assert.DoesNotContain('.', id));
    });
}
