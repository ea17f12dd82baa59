using System.Text.Json;
using Sluice.Failures;

namespace Sluice.IntegrationTests.Server;

/// <summary>What the key of each caller opens, and what it does not.</summary>
public sealed class NamedKeyTests(NamedKeyServer server) : IClassFixture<NamedKeyServer>
{
    // Each operation, and the scope that opens it.
    private static readonly (string Verb, string Path, string Scope)[] _operations =
    [
        ("PUT", "/api/blobs/{0}/a", "write"),
        ("POST", "/api/blobs/{0}/a", "write"),
        ("POST", "/api/blobs/{0}", "write"),
        ("GET", "/api/blobs/{0}/a", "read"),
        ("HEAD", "/api/blobs/{0}/a", "read"),
        ("GET", "/api/blobs/{0}", "list"),
        ("HEAD", "/api/blobs/{0}", "list"),
        ("DELETE", "/api/blobs/{0}/a", "delete"),
        ("PUT", "/api/ingest/a", "write"),
        ("POST", "/api/peek", "write"),
        ("POST", "/api/files", "files"),
        ("HEAD", "/api/files/some", "files"),
        ("GET", "/api/files/some", "files"),
        ("PATCH", "/api/files/some", "files"),
        ("POST", "/api/files/some", "files"),
        ("DELETE", "/api/files/some", "files"),
        ("GET", "/api/relay/erp/a", "relay:erp"),
        ("OPTIONS", "/api/relay/ERP/a", "relay:erp"),
        ("DELETE", "/api/relay/crm/a", "relay:crm"),
        ("GET", "/api/relay/*/a", "relay:?"),
        ("GET", "/api/relay/%65rp/a", "relay:erp"),
        ("GET", "/api/relay/erp%2F..%2Fcrm/a", "relay:?"),
        ("POST", "/api/hooks/github", "hooks:github"),
        ("POST", "/api/hooks/GitHub", "hooks:github"),
        ("OPTIONS", "/api/hooks/github", "hooks:github"),
        ("POST", "/api/hooks/stripe", "hooks:stripe"),
        ("POST", "/api/hooks/*", "hooks:?"),
        ("GET", "/api/openapi.json", "admin"),
    ];

    [Theory]
    [InlineData("reader", "read")]
    [InlineData("lister", "list")]
    [InlineData("deleter", "delete")]
    [InlineData("writer", "write")]
    [InlineData("writer-new", "write")]
    [InlineData("both", "read", "write")]
    [InlineData("uploader", "files")]
    [InlineData("caller", "relay:erp")]
    [InlineData("anywhere", "relay:erp", "relay:crm", "relay:?")]
    [InlineData("github", "hooks:github")]
    [InlineData("senders", "hooks:github", "hooks:stripe", "hooks:?")]
    [InlineData(
        "operator", "read", "list", "write", "delete", "files", "relay:erp", "relay:crm", "relay:?", "hooks:github", "hooks:stripe",
        "hooks:?", "admin")]
    public async Task A_key_opens_its_scopes_and_nothing_else(string name, params string[] scopes)
    {
        foreach (var (verb, path, scope) in _operations)
        {
            foreach (var inQuery in (bool[])[false, true])
            {
                var refusal = await RefusalAsync(verb, path, NamedKeyServer.Key(name), inQuery);

                Assert.True(refusal == (scopes.Contains(scope) ? null : FailureKind.KeyScope), $"{name}: {verb} {path} -> {refusal}");
            }
        }
    }

    [Fact]
    public async Task A_key_without_a_name_opens_everything_as_it_did_before()
    {
        foreach (var (verb, path, _) in _operations)
            Assert.Null(await RefusalAsync(verb, path, "whole-of-old", inQuery: false));
    }

    [Theory]
    [InlineData("reader-0123456789abcde")]
    [InlineData("READER-0123456789ABCDEF")]
    [InlineData("sha256:0f")]
    [InlineData("reader")]
    [InlineData("*")]
    public async Task What_is_no_key_opens_nothing(string key)
    {
        foreach (var (verb, path, _) in _operations)
            Assert.Equal(FailureKind.KeyInvalid, await RefusalAsync(verb, path, key, inQuery: false));
    }

    // Whoever reads the settings has the hashes: they must not be keys.
    [Fact]
    public async Task A_hash_that_is_configured_is_no_key()
    {
        var hash = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(NamedKeyServer.Key("writer"))));
        foreach (var sent in (string[])[hash, $"sha256:{hash}"])
            Assert.Equal(FailureKind.KeyInvalid, await RefusalAsync("PUT", "/api/blobs/{0}/a", sent, inQuery: false));
    }

    [Theory]
    [InlineData("OPTIONS", "/api/files", 200)]
    [InlineData("OPTIONS", "/api/files/some", 200)]
    [InlineData("GET", "/api/health/live", 200)]
    [InlineData("GET", "/api/health/ready", 200)]
    [InlineData("GET", "/api/upload", 200)]
    public async Task Preflights_probes_and_the_upload_page_need_no_key(string verb, string path, int status)
    {
        foreach (var headers in ((string, string)[][])[
            [], [("x-functions-key", "wrong")], [("x-functions-key", NamedKeyServer.Key("github"))]])
        {
            using var answer = await server.SendAsync(HttpMethod.Parse(verb), path, null, 1, headers);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_not_told_without_a_key_and_is_told_with_any()
    {
        Assert.Equal(FailureKind.KeyInvalid, await RefusalAsync("GET", "/api/nothing", "wrong", inQuery: false));
        using var missing = await server.SendAsync(
            HttpMethod.Get, "/api/nothing", null, 1, ("x-functions-key", NamedKeyServer.Key("github")));
        await ProblemDocument.ExpectAsync(missing, FailureKind.RouteUnknown, Phase.Admit);
        using var method = await server.SendAsync(HttpMethod.Get, "/api/peek", null, 1, ("x-functions-key", NamedKeyServer.Key("github")));
        await ProblemDocument.ExpectAsync(method, FailureKind.MethodRefused, Phase.Admit);
    }

    [Fact]
    public async Task A_refused_key_is_in_no_log()
    {
        await RefusalAsync("PUT", "/api/blobs/{0}/a", NamedKeyServer.Key("reader"), inQuery: true);
        await RefusalAsync("PUT", "/api/blobs/{0}/a", "letmein", inQuery: true);

        Assert.DoesNotContain(
            server.Output, static line => line.Contains("0123456789abcdef", StringComparison.Ordinal)
                || line.Contains("letmein", StringComparison.Ordinal) || line.Contains("Authentication", StringComparison.Ordinal));
    }

    // Which of the two refusals of keys it is; null for every other answer.
    private async Task<FailureKind?> RefusalAsync(string verb, string path, string key, bool inQuery)
    {
        path = path.Replace("{0}", server.Container.Name, StringComparison.Ordinal) + (inQuery ? $"?code={key}" : "");
        using var answer = await server.SendAsync(
            HttpMethod.Parse(verb), path, verb is "PUT" or "POST" or "PATCH" ? Payload.Content([1]) : null, 1,
            inQuery ? [] : [("x-functions-key", key)]);
        if ((int)answer.StatusCode is not (401 or 403))
            return null;
        if (verb == "HEAD")
            return (int)answer.StatusCode == 401 ? FailureKind.KeyInvalid : FailureKind.KeyScope;
        var type = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .GetProperty("type")
            .GetString();
        return type == FailureTable.Of(FailureKind.KeyInvalid).Type
            ? FailureKind.KeyInvalid
            : type == FailureTable.Of(FailureKind.KeyScope).Type ? FailureKind.KeyScope : null;
    }
}
