using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Hosting;
using Sluice.Settings;

namespace Sluice.Tests.Requests;

/// <summary>
/// An origin of the settings is compared with what a browser sends, character by character: what no browser sends is refused at start.
/// </summary>
public sealed class AllowedOriginsTests
{
    [Theory]
    [InlineData("*", true)]
    [InlineData("https://app.example.com", true)]
    [InlineData("https://xn--bcher-kva.example", true)]
    [InlineData("http://[::1]:5173", true)]
    [InlineData("https://b\u00FCcher.example", false)]
    [InlineData("https://user@app.example.com", false)]
    [InlineData("https://App.example.com", false)]
    [InlineData("https://app.example.com:443", false)]
    [InlineData("https://app.example.com/", false)]
    [InlineData("app.example.com", false)]
    public void It_is_one_as_browsers_write_it(string origin, bool isTaken)
    {
        var options = new ResumableOptions();
        options.AllowedOrigins.Add(origin);

        Assert.Equal(isTaken, new ResumableOptionsCheck(Options.Create(new BlobOptions())).Validate(null, options).Succeeded);
    }
}
