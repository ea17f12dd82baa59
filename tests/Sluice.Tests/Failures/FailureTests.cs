using Sluice.Failures;

namespace Sluice.Tests.Failures;

public sealed class FailureTests
{
    [Fact]
    public void Every_kind_of_failure_has_a_line_in_the_table() =>
        Assert.All(Enum.GetValues<FailureKind>(), static kind => Assert.Equal(kind, FailureTable.Of(kind).Kind));

    [Theory]
    [InlineData(FailureKind.BodyTruncated, Party.Client)]
    [InlineData(FailureKind.OverBudget, Party.Sluice)]
    [InlineData(FailureKind.StorageStalled, Party.Storage)]
    [InlineData(FailureKind.DownstreamBroke, Party.Downstream)]
    public void Its_party_is_that_of_the_table(FailureKind kind, Party party) =>
        Assert.Equal(party, new Failure(kind, Phase.Transfer, "").Party);

    [Fact]
    public void A_status_blames_the_right_side() => Assert.All(
        Enum.GetValues<FailureKind>(),
        static kind => Assert.Equal(FailureTable.Of(kind).Party == Party.Client ? 4 : 5, FailureTable.Of(kind).Status / 100));
}
