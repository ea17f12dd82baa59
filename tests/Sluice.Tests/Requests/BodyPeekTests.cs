using System.Text;
using Sluice.AspNetCore;

namespace Sluice.Tests.Requests;

/// <summary>What an app's own code sees of a body.</summary>
public sealed class BodyPeekTests
{
    [Theory]
    [InlineData("""{"customer":{"id":7}}""", "7")]
    [InlineData("\uFEFF{\"customer\":{\"id\":\"a\"}}", "a")]
    [InlineData("""{"customer":{"id":null}}""", "null")]
    [InlineData("""{"customer":{"id":[]}}""", null)]
    [InlineData("""{"customer":{}}""", null)]
    public void A_json_value_is_its_text(string body, string? text)
    {
        var peek = BodyPeek.Of(Encoding.UTF8.GetBytes(body), isWhole: true);

        Assert.Equal(("application/json", text), (peek.MediaType, peek.JsonText("/customer/id")));
    }

    [Fact]
    public void What_is_no_json_has_no_values()
    {
        Assert.Null(BodyPeek.Of("text"u8.ToArray(), isWhole: true).JsonText(""));
        Assert.Throws<ArgumentException>(() => BodyPeek.Of("{}"u8.ToArray(), isWhole: true).JsonText("customer"));
    }
}
