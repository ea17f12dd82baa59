using Sluice.Body;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>What is said of an append before its first byte.</summary>
public sealed class AppendTests
{
    private const long MaxBytes = 1_000_000;

    // A Content-Length is whatever a client writes, and an offset may be behind some bytes: together they are more than there are numbers.
    [Theory]
    [InlineData(1, long.MaxValue)]
    [InlineData(999_999, long.MaxValue - 5)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void One_that_would_end_beyond_all_numbers_is_too_large(long offset, long length)
    {
        var append = new Append
        {
            Body = IncomingBody.Of([]),
            Offset = offset,
            Length = length,
            UploadLength = Append.EndOf(offset, length),
            Completes = true
        };

        Assert.Equal(long.MaxValue, append.End);
        Assert.Equal(FailureKind.BodyTooLarge, append.Excess(MaxBytes)?.Kind);
        Assert.Equal(FailureKind.UploadLengthInconsistent, append.Disagreement(2_000)?.Kind);
    }

    [Fact]
    public void One_that_fits_is_said_to_end_where_it_does()
    {
        var append = new Append { Body = IncomingBody.Of([]), Offset = 10, Length = 20 };

        Assert.Equal(30, append.End);
        Assert.Null((append with { Length = null }).End);
        Assert.Null(append.Excess(30));
        Assert.Equal(FailureKind.BodyTooLarge, append.Excess(29)?.Kind);
    }

    // The upload's length as it is known, and as the request tells it;
    // where the request begins, how long it is, and whether it is the last.
    [Theory]
    [InlineData(null, null, 0, 100L, false, true)]
    [InlineData(null, null, 0, 100L, true, true)]
    [InlineData(100L, null, 0, 100L, false, true)]
    [InlineData(100L, null, 0, 101L, false, false)]
    [InlineData(100L, null, 100, null, false, true)]
    [InlineData(100L, null, 101, null, false, false)]
    [InlineData(null, 100L, 0, 100L, false, true)]
    [InlineData(null, 100L, 1, 100L, false, false)]
    [InlineData(100L, 100L, 0, 50L, false, true)]
    [InlineData(100L, 99L, 0, 50L, false, false)]
    [InlineData(100L, 101L, 0, 50L, false, false)]
    [InlineData(100L, null, 0, 99L, false, true)]
    [InlineData(100L, null, 0, 99L, true, false)]
    [InlineData(100L, null, 1, 99L, true, true)]
    [InlineData(100L, null, 1, null, true, true)]
    [InlineData(null, 100L, 0, 99L, true, false)]
    public void One_fits_where_its_lengths_agree(long? known, long? told, long offset, long? length, bool completes, bool fits)
    {
        var append = new Append
        {
            Body = IncomingBody.Of([]),
            Offset = offset,
            Length = length,
            UploadLength = told,
            Completes = completes
        };

        var failure = append.Disagreement(known);

        Assert.Equal(fits ? null : FailureKind.UploadLengthInconsistent, failure?.Kind);
        Assert.Equal(fits ? null : Phase.Admit, failure?.Phase);
        Assert.Matches(fits ? "^$" : @"^The upload .*\d.*\.$", failure?.Detail ?? "");
        if (failure is not null && (known is null || told is null || told == known))
            Assert.Contains($" {offset + (length ?? 0)}", failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, null, null, 10)]
    [InlineData(10, 20L, null, 30)]
    [InlineData(10, 20L, 50L, 50)]
    [InlineData(10, null, 50L, 50)]
    [InlineData(60, null, 50L, 60)]
    public void One_is_as_large_as_the_largest_that_it_says(long offset, long? length, long? told, long bytes)
    {
        var append = new Append { Body = IncomingBody.Of([]), Offset = offset, Length = length, UploadLength = told };

        Assert.Null(append.Excess(bytes));
        var failure = append.Excess(bytes - 1);
        Assert.Equal((FailureKind.BodyTooLarge, Phase.Admit, bytes - 1), (failure!.Kind, failure.Phase, failure.LimitBytes));
        Assert.Contains($" {bytes} ", failure.Detail, StringComparison.Ordinal);
    }
}
