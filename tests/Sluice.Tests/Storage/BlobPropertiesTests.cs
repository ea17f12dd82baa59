using Sluice.Storage;

namespace Sluice.Tests.Storage;

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

    [Theory]
    [InlineData(" a", "a")]
    [InlineData("a \t ", "a")]
    [InlineData("\ta  b\t", "a  b")]
    [InlineData("a", "a")]
    [InlineData(" \t", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Blanks_at_the_ends_of_a_value_are_not_stored_and_an_empty_value_is_none(string? value, string? stored)
    {
        var properties = new BlobProperties
        {
            ContentType = value,
            ContentEncoding = value,
            ContentLanguage = value,
            ContentDisposition = value,
            CacheControl = value
        };
        var changed = new BlobProperties() with
        {
            ContentType = value,
            Metadata = new Dictionary<string, string> { ["a"] = value ?? "", ["b"] = "c" }
        };

        Assert.All(
            (string?[])[
                properties.ContentType, properties.ContentEncoding, properties.ContentLanguage, properties.ContentDisposition,
                properties.CacheControl, changed.ContentType, changed.Metadata.GetValueOrDefault("a")],
            actual => Assert.Equal(stored, actual));
        Assert.Equal(stored is null ? 1 : 2, changed.Metadata.Count);
        Assert.Null(changed.Problem());
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("")]
    [InlineData("sluice_upload")]
    public void A_bad_name_is_a_problem_whatever_its_value(string name) =>
        Assert.NotNull(new BlobProperties { Metadata = new Dictionary<string, string> { [name] = "  " } }.Problem());

    [Fact]
    public void Bad_metadata_is_a_problem_of_the_properties() =>
        Assert.NotNull(new BlobProperties { Metadata = new Dictionary<string, string> { ["a-b"] = "" } }.Problem());
}
