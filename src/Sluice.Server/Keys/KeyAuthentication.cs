using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;
using Sluice.Server.Settings;

namespace Sluice.Server.Keys;

/// <summary>
/// Authenticates callers by the key, sent as the Functions host accepts it: <c>x-functions-key</c>, or <c>?code=</c> for senders that can't
/// set a header.
/// </summary>
internal sealed class KeyAuthentication(
    ServerKeys keys, IOptions<ServerOptions> server, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "Key";

    private const string Header = "x-functions-key";

    /// <summary>The key that a request has; null or empty for none.</summary>
    public static string? Sent(HttpRequest request) =>
        (request.Headers[Header].FirstOrDefault() is { } header ? HeaderText.Read(header) : null)
        ?? request.Query["code"].FirstOrDefault();

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = Sent(Request);
        return Task.FromResult(
            string.IsNullOrEmpty(sent) ? AuthenticateResult.NoResult()
            : keys.Find(sent) is { } caller ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), SchemeName))
            : AuthenticateResult.Fail("No such key."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.RefuseAsync(
        server.Value.Tokens is null
            ? new Failure(
                FailureKind.KeyInvalid, Phase.Admit,
                "Send a key of this server as x-functions-key (Sluice:Server:Keys, Sluice:Server:NamedKeys).")
            : new Failure(
                FailureKind.KeyInvalid, Phase.Admit,
                "Send a bearer token (Sluice:Server:Tokens), or a key of this server as x-functions-key (Sluice:Server:Keys, "
                    + "Sluice:Server:NamedKeys).")
            { Challenge = $"Bearer, ApiKey header=\"{Header}\"" });

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.RefuseAsync(new Failure(
        FailureKind.KeyScope, Phase.Admit, $"The key does not have the scope '{ScopePolicy.Of(Context)}' (Sluice:Server:NamedKeys)."));
}
