using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class MediaTypeChoiceTests
{
    [Theory]
    [InlineData("text/csv; charset=utf-8", "text/plain", "text/csv; charset=utf-8")]
    [InlineData("image/png", "application/zip", "image/png")]
    [InlineData("image/png", null, "image/png")]
    [InlineData(null, "image/png", "image/png")]
    [InlineData("", "image/png", "image/png")]
    [InlineData("  ", "image/png", "image/png")]
    [InlineData("application/octet-stream", "image/png", "image/png")]
    [InlineData("Application/Octet-Stream", "image/png", "image/png")]
    [InlineData("application/octet-stream; charset=binary", "image/png", "image/png")]
    [InlineData("application/octet-stream", null, "application/octet-stream")]
    [InlineData(null, null, "application/octet-stream")]
    public void The_declared_media_type_counts_unless_it_says_nothing(string? declared, string? sniffed, string stored) =>
        Assert.Equal(stored, MediaTypeChoice.Stored(declared, sniffed));

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("image/svg+xml")]
    [InlineData("text/plain")]
    public void What_a_browser_may_run_is_never_guessed(string sniffed)
    {
        Assert.Equal("text/plain", MediaTypeChoice.Stored(null, sniffed));
        Assert.Equal("text/plain", MediaTypeChoice.Stored("application/octet-stream", sniffed));
        Assert.Equal("text/html", MediaTypeChoice.Stored("text/html", sniffed));
    }

    [Fact]
    public void A_media_type_that_only_begins_like_the_unknown_one_says_something() =>
        Assert.Equal("application/octet-stream+gzip", MediaTypeChoice.Stored("application/octet-stream+gzip", "application/gzip"));
}
