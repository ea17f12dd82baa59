using Sluice.Storage;

namespace Sluice.Tests.Storage;

public sealed class WriteConditionTests
{
    private const string Current = "\"0x1\"";

    [Theory]
    [InlineData(null, null, Current, true)]
    [InlineData(null, null, null, true)]
    [InlineData("*", null, Current, true)]
    [InlineData("*", null, null, false)]
    [InlineData("\"0x1\"", null, Current, true)]
    [InlineData("\"0x2\"", null, Current, false)]
    [InlineData("\"0x1\"", null, null, false)]
    [InlineData("W/\"0x1\"", null, Current, false)]
    [InlineData(null, "*", Current, false)]
    [InlineData(null, "*", null, true)]
    [InlineData(null, "\"0x1\"", Current, false)]
    [InlineData(null, "W/\"0x1\"", Current, false)]
    [InlineData(null, "\"0x2\"", Current, true)]
    [InlineData(null, "\"0x1\"", null, true)]
    [InlineData("\"0x1\"", "\"0x2\"", Current, true)]
    [InlineData("\"0x1\"", "*", Current, false)]
    [InlineData("\"0x2\"", "\"0x2\"", Current, false)]
    public void A_write_is_allowed_as_rfc_9110_says(string? ifMatch, string? ifNoneMatch, string? current, bool allowed)
    {
        var condition = new WriteCondition(ifMatch, ifNoneMatch);

        Assert.Equal(allowed, condition.Allows(current));
        Assert.Equal(ifMatch is not null || ifNoneMatch is not null, condition.IsSet);
    }

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(null, -1, true)]
    [InlineData(null, 1, false)]
    [InlineData(null, null, true)]
    [InlineData("\"0x1\"", 1, true)]
    [InlineData("\"0x2\"", -1, false)]
    public void A_date_counts_only_without_an_entity_tag(string? ifMatch, int? secondsLater, bool allowed)
    {
        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var condition = new WriteCondition(ifMatch, null) { IfUnmodifiedSince = since };

        Assert.True(condition.IsSet);
        Assert.Equal(allowed, secondsLater is { } seconds ? condition.Allows(Current, since.AddSeconds(seconds)) : condition.Allows(null));
    }
}
