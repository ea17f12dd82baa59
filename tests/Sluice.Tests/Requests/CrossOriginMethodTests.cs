using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Results;
using Sluice.Settings;

namespace Sluice.Tests.Requests;

/// <summary>A page of another site is told of a method only where the settings allow it.</summary>
public sealed class CrossOriginMethodTests
{
    [Theory]
    [InlineData(false, "PUT, POST, GET, HEAD, OPTIONS")]
    [InlineData(true, "PUT, POST, GET, HEAD, DELETE, OPTIONS")]
    public void A_preflight_names_DELETE_where_blobs_can_be_deleted(bool isAllowed, string methods)
    {
        var context = new DefaultHttpContext
        {
            Request = { Method = "OPTIONS", Path = "/api/blobs/inbox/a%2Fb", Headers = { Origin = "https://app.example.com" } },
        };
        var pages = new CrossOrigin(
            Options.Create(new CrossOriginOptions { Blobs = { "https://app.example.com" } }), Options.Create(new ResumableOptions()),
            Options.Create(new BlobOptions { AllowDelete = isAllowed }));

        pages.Write(context.Request);

        Assert.Equal(methods, context.Response.Headers.AccessControlAllowMethods);
    }
}
