using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;

namespace Sluice.Server.Keys;

/// <summary>
/// Authenticates callers by the key, sent as the Functions host accepts it: <c>x-functions-key</c>, or <c>?code=</c> for senders that can't
/// set a header.
/// </summary>
internal sealed class KeyAuthentication(
    ServerKeys keys, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = (Request.Headers["x-functions-key"].FirstOrDefault() is { } header ? HeaderText.Read(header) : null)
            ?? Request.Query["code"].FirstOrDefault();
        return Task.FromResult(
            string.IsNullOrEmpty(sent) ? AuthenticateResult.NoResult()
            : keys.Find(sent) is { } caller ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), SchemeName))
            : AuthenticateResult.Fail("No such key."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.RefuseAsync(new Failure(
        FailureKind.KeyInvalid, Phase.Admit,
        "Send a key of this server as x-functions-key (Sluice:Server:Keys, Sluice:Server:NamedKeys)."));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.RefuseAsync(new Failure(
        FailureKind.KeyScope, Phase.Admit, $"The key does not have the scope '{ScopePolicy.Of(Context)}' (Sluice:Server:NamedKeys)."));
}
