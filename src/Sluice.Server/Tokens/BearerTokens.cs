using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Sluice.AspNetCore;
using Sluice.Failures;
using Sluice.Server.Keys;
using Sluice.Server.Settings;

namespace Sluice.Server.Tokens;

/// <summary>
/// Authenticates callers by bearer tokens, with ASP.NET Core's own validation. Nothing of it is loaded unless
/// <c>Sluice:Server:Tokens</c> is set.
/// </summary>
internal static class BearerTokens
{
    private static readonly TimeSpan _issuerTimeout = TimeSpan.FromSeconds(10);

    // Signatures that are verified with the issuer's public key. With a shared secret among them, a public key could be used as one
    // (RFC 8725, section 2.1).
    private static readonly string[] _algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Registers the scheme. Not by AddJwtBearer: it needs the services of AddAuthentication.</summary>
    public static void Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        new AuthenticationBuilder(services).AddScheme<JwtBearerOptions, JwtBearerHandler>(JwtBearerDefaults.AuthenticationScheme, null);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<ServerOptions>>(static (bearer, server) => Configure(bearer, server.Value.Tokens!));
        services.Configure<AuthenticationSchemeOptions>(
            KeyAuthentication.SchemeName,
            static key => key.ForwardDefaultSelector =
                static context => IsBearer(context.Request) ? JwtBearerDefaults.AuthenticationScheme : null);
        services.AddLogging(static logging =>
        {
            // They would log every refused token, with the reason that only its sender needs.
            logging.AddFilter(typeof(JwtBearerHandler).FullName, LogLevel.None);
            logging.AddFilter("Microsoft.IdentityModel", LogLevel.None);
        });
    }

    /// <summary>Whether a URL may be read without TLS: nobody can change what arrives from this machine.</summary>
    public static bool IsLoopback(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    // With a key as well, the key counts: a sender of webhooks has one in its URL, and an Authorization of its own.
    private static bool IsBearer(HttpRequest request) =>
        string.IsNullOrEmpty(KeyAuthentication.Sent(request))
        && request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static void Configure(JwtBearerOptions bearer, TokenOptions tokens)
    {
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.IncludeErrorDetails = false;
        bearer.BackchannelTimeout = _issuerTimeout;
        bearer.Authority = tokens.Authority!.AbsoluteUri;
        bearer.MetadataAddress = tokens.MetadataAddress?.AbsoluteUri!;
        bearer.RequireHttpsMetadata = !IsLoopback(tokens.MetadataAddress ?? tokens.Authority);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudiences = tokens.Audiences,
            ValidAlgorithms = _algorithms,
            ClockSkew = tokens.ClockSkew,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };
        if (tokens.Issuer is { Length: > 0 } issuer)
        {
            // Only this one, whatever the discovery document says.
            bearer.TokenValidationParameters.IssuerValidator = (said, _, _) =>
                said == issuer ? said : throw new SecurityTokenInvalidIssuerException();
        }

        var callers = new TokenCaller(tokens);
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = static async received =>
            {
                // The validation would go on without keys, and call the token invalid: its sender would throw it away.
                try
                {
                    await received.Options.ConfigurationManager!.GetConfigurationAsync(received.HttpContext.RequestAborted);
                }
                catch (Exception e)
                {
                    received.HttpContext.Features.Set(new IssuerFailure());
                    received.Fail(e);
                }
            },
            OnTokenValidated = validated =>
            {
                if (callers.Read(validated.Principal!) is { } caller)
                {
                    validated.Principal = caller;
                }
                else
                {
                    validated.Fail("The token does not identify its caller.");
                }

                return Task.CompletedTask;
            },
            // Without a result, the handler would throw the exception.
            OnAuthenticationFailed = static failed =>
            {
                failed.Fail(failed.Exception);
                return Task.CompletedTask;
            },
            OnChallenge = static challenge =>
            {
                challenge.HandleResponse();
                return challenge.HttpContext.RefuseAsync(Refusal(challenge.HttpContext));
            },
            OnForbidden = static forbidden => forbidden.HttpContext.RefuseAsync(new Failure(
                FailureKind.KeyScope, Phase.Admit,
                $"The token does not grant the scope '{ScopePolicy.Of(forbidden.HttpContext)}' (Sluice:Server:Tokens:Grants).")),
        };
    }

    private static Failure Refusal(HttpContext context) => context.Features.Get<IssuerFailure>() is null
        ? new Failure(FailureKind.TokenInvalid, Phase.Admit, "The token is not valid for this server, or no longer.")
        : new Failure(
            FailureKind.IssuerUnreachable, Phase.Admit, "The keys of the token's issuer can't be read (Sluice:Server:Tokens). Try later.");

    private sealed class IssuerFailure;
}
