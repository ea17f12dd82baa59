using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Routes;
using Sluice.Callers;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Requests;

/// <summary>Who a caller is by the header of App Service authentication.</summary>
public sealed class AppServicePrincipalTests
{
    private const string Ann = """
        {
          "auth_typ": "aad", "name_typ": "name", "role_typ": "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
          "claims": [
            { "typ": "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "val": "ann" },
            { "typ": "http://schemas.microsoft.com/identity/claims/objectidentifier", "val": "00f1" },
            { "typ": "http://schemas.microsoft.com/identity/claims/tenantid", "val": "t" },
            { "typ": "http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "val": "One" },
            { "typ": "http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "val": "Two" },
            { "typ": "name", "val": "Ann" }, { "typ": "sub", "val": "ann" }, { "typ": 1, "val": "x" }, 2
          ]
        }
        """;

    private readonly DefaultHttpContext _context = new();

    [Fact]
    public void The_claims_have_the_names_that_they_have_in_tokens()
    {
        var caller = Find(new() { AppServicePrincipal = true, IdClaim = "oid" }, Base64(Ann));

        Assert.Equal((CallerKind.Principal, "00f1", "Ann"), (caller.Kind, caller.Id, caller.Name));
        Assert.Equal(["One", "Two"], caller.Roles);
        Assert.Equal(("t", "ann"), (caller.Claim("tid"), caller.Claim("sub")));
        Assert.Equal("principal:00f1", caller.Share);
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("")]
    [InlineData("====")]
    [InlineData("{ \"claims\": [")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"claims\": {} }")]
    [InlineData("{ \"claims\": [] }")]
    [InlineData("{ \"claims\": [ { \"typ\": \"sub\", \"val\": \" \" } ] }")]
    [InlineData("{ \"claims\": [ { \"typ\": \"sub\", \"val\": \"ann\" }, { \"typ\": \"sub\", \"val\": \"bob\" } ] }")]
    public void What_does_not_say_who_it_is_is_refused(string principal)
    {
        _context.Request.Headers[AppServicePrincipal.Header] = principal is ['[' or '{', ..] ? Base64(principal) : principal;

        Assert.Equal(FailureKind.TokenInvalid, Read(new() { AppServicePrincipal = true })!.Kind);
    }

    [Fact]
    public void Two_principals_are_none()
    {
        _context.Request.Headers[AppServicePrincipal.Header] = new([Base64(Ann), Base64(Ann)]);

        Assert.Equal(FailureKind.TokenInvalid, Read(new() { AppServicePrincipal = true })!.Kind);
    }

    // Without App Service authentication, everybody can send it.
    [Fact]
    public void It_is_ignored_where_it_is_not_switched_on()
    {
        Assert.Equal(CallerKind.Address, Find(new(), Base64(Ann)).Kind);
        Assert.Equal(CallerKind.Anonymous, Find(new() { AppServicePrincipal = true }, Base64(Ann), SluiceHost.Kestrel).Kind);
        Assert.Equal(CallerKind.Address, Find(new(), "not base64").Kind);
    }

    private Caller Find(CallerOptions options, string principal, SluiceHost host = SluiceHost.Functions)
    {
        _context.Features.Set<Caller>(null);
        _context.Request.Headers[AppServicePrincipal.Header] = principal;
        Assert.Null(Read(options, host));
        return CallerFinder.Find(_context, host, addressField: null);
    }

    private Failure? Read(CallerOptions options, SluiceHost host = SluiceHost.Functions) =>
        new AppServicePrincipal(host, Options.Create(options)).Find(_context);

    private static string Base64(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
}
