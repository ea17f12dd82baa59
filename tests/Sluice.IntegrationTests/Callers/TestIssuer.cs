using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.IntegrationTests.Callers;

/// <summary>
/// An OpenID Connect issuer in the process of the tests: its discovery document and its keys over HTTP, and tokens, right ones and wrong
/// ones. Tokens are made here byte by byte, so that the library that reads them did not write them.
/// </summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "api://sluice";

    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private readonly string? _name;

    private TestIssuer(string? name)
    {
        _name = name;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The value of <c>iss</c>.</summary>
    public string Name => _name ?? Address;

    /// <summary>Its URL, which is also the issuer that its discovery document names.</summary>
    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();

    /// <summary>The id of its key.</summary>
    public static string KeyId => "first";

    /// <summary>Its public key as PEM text, which a careless verifier takes for a shared secret.</summary>
    public byte[] PublicKey => Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem());

    /// <summary>Starts it.</summary>
    /// <param name="name">The value of <c>iss</c>; null for its URL.</param>
    public static async Task<TestIssuer> StartAsync(string? name = null)
    {
        var issuer = new TestIssuer(name);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>The claims of a token that is right.</summary>
    public Dictionary<string, object> Claims(string id) => new()
    {
        ["iss"] = Name,
        ["aud"] = Audience,
        ["sub"] = id,
        ["name"] = $"{id} by name",
        ["exp"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(),
        ["nbf"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(),
        ["scp"] = "uploads other",
    };

    /// <summary>A token that is right, except for what a test changes.</summary>
    public string Token(string id, Action<Dictionary<string, object>>? change = null)
    {
        var claims = Claims(id);
        change?.Invoke(claims);
        return Token(claims);
    }

    /// <summary>A token with these claims, signed with the key of this issuer.</summary>
    public string Token(Dictionary<string, object> claims) => Signed("RS256", claims, Sign(_key));

    /// <summary>A token with a header and a signature of the test's.</summary>
    public static string Signed(string algorithm, Dictionary<string, object> claims, Func<byte[], byte[]> sign)
    {
        var head = Part(JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object> { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = KeyId }));
        var signed = $"{head}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Part(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Signs with RS256.</summary>
    public static Func<byte[], byte[]> Sign(RSA key) => data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>The header that has a token.</summary>
    public static (string Name, string Value) Header(string token) => ("Authorization", $"Bearer {token}");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string Part(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private Task AnswerAsync(HttpContext context)
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(new Dictionary<string, object>
            {
                ["issuer"] = Address,
                ["jwks_uri"] = $"{Address}/keys",
            }),
            "/keys" => context.Response.WriteAsJsonAsync(new Dictionary<string, object>
            {
                ["keys"] = new[]
                {
                    new Dictionary<string, string>
                    {
                        ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["n"] = Part(key.Modulus!), ["e"] = Part(key.Exponent!),
                    },
                },
            }),
            _ => Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound),
        };
    }
}
