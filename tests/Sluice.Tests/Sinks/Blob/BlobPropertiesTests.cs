namespace Sluice.Tests.Sinks.Blob;

public sealed class BlobPropertiesTests
{
    [Theory]
    [InlineData("attachment; filename=\"a.csv\"; filename*=UTF-8''%C3%A4.csv", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("attachment; filename=\"ä.csv\"", false)]
    [InlineData("a\r\nb", false)]
    [InlineData("a\u007F", false)]
    public void A_property_is_printable_ascii_or_a_problem(string? value, bool good) => Assert.All(
        (BlobProperties[])[
            new() { ContentType = value },
            new() { ContentEncoding = value },
            new() { ContentLanguage = value },
            new() { ContentDisposition = value },
            new() { CacheControl = value }],
        properties => Assert.Equal(good, properties.Problem() is null));

    [Fact]
    public void Bad_metadata_is_a_problem_of_the_properties() =>
        Assert.NotNull(new BlobProperties { Metadata = new Dictionary<string, string> { ["a-b"] = "" } }.Problem());
}
