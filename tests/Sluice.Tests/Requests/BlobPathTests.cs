using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;

namespace Sluice.Tests.Requests;

/// <summary>A slash in a blob's name may arrive encoded; nothing else in a name is decoded a second time.</summary>
public sealed class BlobPathTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("a%2Fb%2fc/d", "a/b/c/d")]
    [InlineData("%2F", "/")]
    [InlineData("a%252Fb", "a%252Fb")]
    [InlineData("a%20b%41%2E", "a%20b%41%2E")]
    [InlineData("%2", "%2")]
    [InlineData(null, "")]
    public void A_name_is_read(string? value, string name)
    {
        var context = new DefaultHttpContext();
        context.Request.RouteValues["name"] = value;

        Assert.Equal(name, BlobPath.Name(context.Request));
    }
}
