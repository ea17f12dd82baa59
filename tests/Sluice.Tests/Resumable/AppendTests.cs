using Sluice.Body;
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
        var append = new Append { Body = IncomingBody.Of([]), Offset = offset, Length = length, UploadLength = Append.EndOf(offset, length), Completes = true };

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
}
