using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;

namespace Sluice.Tests.Routes;

/// <summary>Where clients reach the service, as the request says, or the Functions host.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("http", "files.example.com", "http://files.example.com")]
    [InlineData("https", "files.example.com:8443", "https://files.example.com:8443")]
    [InlineData("https", "files.example.com:443", "https://files.example.com")]
    [InlineData("http", "[::1]:8080", "http://[::1]:8080")]
    [InlineData("http", "", "")]
    [InlineData("http", "a b", "")]
    [InlineData("ftp", "files.example.com", "")]
    public void Without_a_host_in_front_it_is_what_the_request_says(string scheme, string authority, string expected)
    {
        var request = Request(scheme, authority, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "elsewhere.example.com"));

        Assert.Equal(expected, new PublicAddress(SluiceHost.Kestrel).Of(request));
    }

    [Theory]
    [InlineData("https", "app.azurewebsites.net", "https://app.azurewebsites.net")]
    [InlineData("https", null, "https://127.0.0.1:5000")]
    [InlineData(null, "app.azurewebsites.net", "http://app.azurewebsites.net")]
    [InlineData(null, null, "http://127.0.0.1:5000")]
    [InlineData("https", "a b", "")]
    [InlineData("javascript", "app.azurewebsites.net", "")]
    public void Behind_the_Functions_host_it_is_what_the_host_says(string? scheme, string? authority, string expected)
    {
        var request = Request("http", "127.0.0.1:5000", ("X-Forwarded-Proto", scheme), ("X-Forwarded-Host", authority));

        Assert.Equal(expected, new PublicAddress(SluiceHost.Functions).Of(request));
    }

    private static HttpRequest Request(string scheme, string authority, params (string Name, string? Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (scheme, new HostString(authority));
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                request.Headers[name] = value;
            }
        }

        return request;
    }
}
