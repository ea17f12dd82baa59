using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Callers;

/// <summary>Who may call a server that takes bearer tokens.</summary>
public sealed class TokenTests(TokenServer server) : IClassFixture<TokenServer>
{
    private static readonly Dictionary<string, Func<TestIssuer, string>> _wrong = new()
    {
        ["no token"] = static _ => "",
        ["no JWT"] = static _ => "letmein",
        ["three empty parts"] = static _ => "..",
        ["expired"] = static issuer => issuer.Token("ann", static claims => claims["exp"] = At(-10)),
        ["not valid yet"] = static issuer => issuer.Token("ann", static claims => claims["nbf"] = At(10)),
        ["without an end"] = static issuer => issuer.Token("ann", static claims => claims.Remove("exp")),
        ["for another service"] = static issuer => issuer.Token("ann", static claims => claims["aud"] = "api://other"),
        ["for nobody"] = static issuer => issuer.Token("ann", static claims => claims.Remove("aud")),
        ["of another issuer"] = static issuer => issuer.Token("ann", static claims => claims["iss"] = "https://issuer.example"),
        ["of the name in the discovery document, where the settings name another"] =
            static issuer => issuer.Token("ann", claims => claims["iss"] = issuer.Address),
        ["of no issuer"] = static issuer => issuer.Token("ann", static claims => claims.Remove("iss")),
        ["of nobody"] = static issuer => issuer.Token("ann", static claims => claims.Remove("sub")),
        ["of two callers"] = static issuer => issuer.Token("ann", static claims => claims["sub"] = (string[])["ann", "bob"]),
        ["alg none"] = static issuer => TestIssuer.Signed("none", issuer.Claims("ann"), static _ => []),
        ["alg none with a signature"] = static issuer =>
            TestIssuer.Signed("none", issuer.Claims("ann"), static data => SHA256.HashData(data)),
        ["HS256 with the public key"] = static issuer =>
            TestIssuer.Signed("HS256", issuer.Claims("ann"), data => HMACSHA256.HashData(issuer.PublicKey, data)),
        ["another key with the same id"] = static issuer =>
        {
            using var other = RSA.Create(2048);
            return TestIssuer.Signed("RS256", issuer.Claims("ann"), TestIssuer.Sign(other));
        },
        ["another signature"] = static issuer => issuer.Token("ann") is var token ? $"{token[..token.LastIndexOf('.')]}.AAAA" : "",
        ["no signature"] = static issuer => issuer.Token("ann") is var token ? token[..(token.LastIndexOf('.') + 1)] : "",
    };

    public static TheoryData<string> Wrong => [.. _wrong.Keys];

    [Fact]
    public async Task A_token_opens_what_its_scopes_grant_and_nothing_else()
    {
        var token = TestIssuer.Header(server.Issuer.Token("ann"));
        foreach (var http in (int[])[1, 2])
        {
            using var put = await server.SendAsync(HttpMethod.Put, server.PathOf("granted"), Payload.Content([1]), http, token);
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        }

        using var delete = await server.SendAsync(HttpMethod.Delete, server.PathOf("granted"), null, 1, token);
        await ProblemDocument.ExpectAsync(delete, FailureKind.KeyScope, Phase.Admit);
        Assert.NotNull(await server.VisibleAsync("granted"));
    }

    [Fact]
    public async Task A_role_grants_too()
    {
        using var put = await server.PutAsync("erased", Payload.Content([1]), ("x-functions-key", TokenServer.Key));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        var eraser = server.Issuer.Token("eve", static claims => (claims["roles"], claims["scp"]) = ((string[])["Other", "Eraser"], ""));
        using var read = await server.GetAsync("erased", TestIssuer.Header(eraser));
        await ProblemDocument.ExpectAsync(read, FailureKind.KeyScope, Phase.Admit);
        using var delete = await server.SendAsync(HttpMethod.Delete, server.PathOf("erased"), null, 1, TestIssuer.Header(eraser));
        Assert.Equal(HttpStatusCode.NoContent, delete.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_token_that_is_wrong_opens_nothing(string what)
    {
        using var answer = await server.PutAsync("wrong", Payload.Content([1]), TestIssuer.Header(_wrong[what](server.Issuer)));

        // HttpClient sends no blank at the end: "Bearer" alone is no token.
        await ProblemDocument.ExpectAsync(answer, what == "no token" ? FailureKind.KeyInvalid : FailureKind.TokenInvalid, Phase.Admit);
        Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Null(await server.VisibleAsync("wrong"));
    }

    [Theory]
    [InlineData("?access_token={0}", null, null)]
    [InlineData("?code={0}", null, null)]
    [InlineData("", "x-functions-key", "{0}")]
    [InlineData("", "Authorization", "{0}")]
    [InlineData("", "Authorization", "Basic {0}")]
    [InlineData("", "X-Authorization", "Bearer {0}")]
    [InlineData("", "X-MS-CLIENT-PRINCIPAL", "eyJjbGFpbXMiOlt7InR5cCI6InN1YiIsInZhbCI6ImFubiJ9XX0=")]
    public async Task A_token_counts_in_its_own_header_only(string query, string? name, string? value)
    {
        var token = server.Issuer.Token("ann");
        using var answer = await server.SendAsync(
            HttpMethod.Put, server.PathOf("elsewhere") + query.Replace("{0}", token, StringComparison.Ordinal), Payload.Content([1]), 1,
            name is null ? [] : [(name, value!.Replace("{0}", token, StringComparison.Ordinal))]);

        await ProblemDocument.ExpectAsync(answer, FailureKind.KeyInvalid, Phase.Admit);
    }

    // A sender of webhooks has a key in its URL, and an Authorization that means something else.
    [Fact]
    public async Task With_a_key_the_key_counts()
    {
        using var right = await server.PutAsync(
            "both", Payload.Content([1]), ("x-functions-key", TokenServer.Key), TestIssuer.Header("no"));
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);

        using var wrong = await server.PutAsync(
            "both", Payload.Content([1]), ("x-functions-key", "wrong"), TestIssuer.Header(server.Issuer.Token("ann")));
        await ProblemDocument.ExpectAsync(wrong, FailureKind.KeyInvalid, Phase.Admit);
    }

    [Theory]
    [InlineData("ann", "red", "own/ann/red.bin")]
    [InlineData("../bob", "a/b", "own/__bob.{0}/a_b.{1}.bin")]
    [InlineData("ann%2Fx", "..", "own/ann_2Fx.{0}/_.{1}.bin")]
    public async Task Names_can_have_the_caller_and_no_value_escapes_its_segment(string id, string team, string name)
    {
        using var answer = await server.SendAsync(
            HttpMethod.Put, $"/api/ingest/own/{Guid.NewGuid():N}", Payload.Content([1]), 1,
            TestIssuer.Header(server.Issuer.Token(id, claims => claims["team"] = team)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        name = name.Replace("{0}", Hash(id), StringComparison.Ordinal).Replace("{1}", Hash(team), StringComparison.Ordinal);
        Assert.NotNull(await server.VisibleAsync(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("red", "blue")]
    public async Task A_claim_without_one_value_names_nothing(params string?[]? teams)
    {
        var token = server.Issuer.Token("ann", claims =>
        {
            if (teams is not null and not [null])
                claims["team"] = teams;
        });
        using var answer = await server.SendAsync(
            HttpMethod.Put, "/api/ingest/own/a", Payload.Content([1]), 1, TestIssuer.Header(token));

        await ProblemDocument.ExpectAsync(answer, FailureKind.NameUnavailable, Phase.Route);
    }

    [Fact]
    public async Task A_key_has_an_id_and_no_claims()
    {
        using var answer = await server.SendAsync(
            HttpMethod.Put, "/api/ingest/own/a", Payload.Content([1]), 1, ("x-functions-key", TokenServer.Key));

        Assert.Contains("'team'", (await ProblemDocument.ExpectAsync(answer, FailureKind.NameUnavailable, Phase.Route)).Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_gets_no_token_that_was_meant_for_this_server()
    {
        using var answer = await server.SendAsync(
            HttpMethod.Post, "/api/relay/service/seen", Payload.Content([1]), 1, TestIssuer.Header(server.Issuer.Token("ann")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.All(
            server.Service.Exchanges,
            static exchange => Assert.DoesNotContain("Authorization", exchange.Headers.Keys, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task No_token_is_in_a_log()
    {
        var token = server.Issuer.Token("ann", static claims => claims["aud"] = "api://other");
        using var answer = await server.PutAsync("logged", Payload.Content([1]), TestIssuer.Header(token));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(
            server.Output, line => line.Contains(token.Split('.')[1], StringComparison.Ordinal)
                || line.Contains("IDX", StringComparison.Ordinal) || line.Contains("by name", StringComparison.Ordinal));
    }

    private static long At(int minutes) => DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeSeconds();

    private static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
