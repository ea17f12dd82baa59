using System.Net;
using System.Text;
using Xunit.Sdk;

namespace Sluice.IntegrationTests.Contract;

/// <summary>An answer that a document does not describe fails the test that got it, and the message says what the document lacks.</summary>
public sealed class ContractTests
{
    private const string Document = """
        {
          "paths": {
            "/api/things/{name}": {
              "get": {
                "operationId": "getThing",
                "parameters": [{ "name": "name", "in": "path", "x-ms-skip-url-encoding": true }],
                "responses": {
                  "200": {
                    "headers": {
                      "ETag": { "$ref": "#/components/headers/ETag" },
                      "x-ms-meta": { "x-ms-header-collection-prefix": "x-ms-meta-" }
                    },
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } }
                  },
                  "404": { "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } }
                }
              }
            },
            "/api/things": { "get": { "operationId": "getThings", "responses": { "204": {} } } },
            "/api/either": {
              "get": {
                "operationId": "getEither",
                "responses": {
                  "200": {
                    "content": {
                      "application/json": {
                        "schema": { "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "$ref": "#/components/schemas/Problem" }] }
                      }
                    }
                  }
                }
              }
            },
            "/api/things/all": { "get": { "operationId": "getAll", "responses": { "2XX": { "content": { "*/*": { "schema": {} } } } } } },
            "/api/relay": {
              "get": {
                "operationId": "getRelay",
                "responses": {
                  "404": { "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } },
                  "default": { "content": { "*/*": { "schema": {} } } }
                }
              }
            }
          },
          "components": {
            "headers": { "ETag": { "schema": { "type": "string" } } },
            "schemas": {
              "Thing": {
                "type": "object",
                "required": ["name"],
                "properties": {
                  "name": { "type": "string" },
                  "sizes": { "type": "array", "items": { "type": "integer", "format": "int64" } },
                  "digests": { "type": "object", "additionalProperties": { "type": "string" } }
                }
              },
              "Problem": {
                "type": "object",
                "required": ["type", "status"],
                "properties": { "type": { "type": "string", "examples": ["urn:problem:known"] }, "status": { "type": "integer" } }
              }
            }
          }
        }
        """;

    private const string Known = """{ "type": "urn:problem:known", "status": 404 }""";

    [Theory]
    [InlineData("GET", "/api/things/a", 200, "application/json", """{ "name": "a", "sizes": [1], "digests": { "x": "y" } }""", "ETag")]
    [InlineData("GET", "/api/either", 200, "application/json", """{ "name": "a" }""", "")]
    [InlineData("GET", "/api/either", 200, "application/json", Known, "")]
    [InlineData("GET", "/API/Things/a/b?c=d", 200, "application/json; charset=utf-8", """{ "name": "a" }""", "x-ms-meta-some")]
    [InlineData("GET", "/api/things/../things/a", 404, "application/problem+json", Known, "")]
    [InlineData("GET", "/api/things/all", 206, "image/png", "bytes", "")]
    [InlineData("GET", "/api/things", 204, null, "", "")]
    [InlineData("GET", "/api/relay", 418, "text/plain", "of another service", "X-Its-Own")]
    [InlineData("GET", "/api/relay", 404, "text/plain", "of another service", "X-Its-Own")]
    [InlineData("POST", "/api/things/a", 405, "application/problem+json", Known, "Allow")]
    [InlineData("GET", "/api/things/a", 404, "text/html; charset=utf-8", "a page", "Content-Security-Policy")]
    [InlineData("GET", "/api/new", 404, "text/html; charset=utf-8", "a page", "Content-Security-Policy")]
    [InlineData("OPTIONS", "/api/things/a", 204, null, "", "Access-Control-Allow-Origin")]
    [InlineData("GET", "/api/things/a", 431, null, "", "")]
    [InlineData("GET", "/own/route", 299, "text/plain", "of an app that has Sluice as a library", "X-Its-Own")]
    public async Task What_is_described_passes(string method, string path, int status, string? type, string body, string header)
    {
        using var answer = await SendAsync(method, path, status, type, body, header);

        Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(
        "/api/things/a", 200, "application/json", """{ "name": "a" }""", "X-New", "getThing, 200, does not document the header X-New.")]
    [InlineData("/api/things/a", 201, "application/json", """{ "name": "a" }""", "", "getThing, does not document the status 201.")]
    [InlineData("/api/things/a", 200, "text/plain", "a", "", "getThing, 200, does not document content of the type text/plain.")]
    [InlineData("/api/things/a", 200, "application/json", "{ }", "", "the body lacks the required property name.")]
    [InlineData("/api/things/a", 200, "application/json", """{ "name": 1 }""", "", "the body.name is no string.")]
    [InlineData("/api/things/a", 200, "application/json", """{ "name": "a", "new": 1 }""", "", "the schema has no property the body.new.")]
    [InlineData("/api/things/a", 200, "application/json", """{ "name": "a", "sizes": [1.5] }""", "", "the body.sizes[0] is no integer.")]
    [InlineData(
        "/api/things/a", 200, "application/json", """{ "name": "a", "digests": { "x": 1 } }""", "", "the body.digests.x is no string.")]
    [InlineData("/api/things/a", 200, "application/json", "nonsense", "", "the body is no object.")]
    [InlineData(
        "/api/things/a", 404, "application/problem+json", """{ "type": "x" }""", "", "the body lacks the required property status.")]
    [InlineData("/api/either", 200, "application/json", "{ }", "", "the body lacks the required property name.")]
    [InlineData("/api/things/a", 402, null, "", "", "getThing, does not document the status 402.")]
    [InlineData("/api/things/a", 402, "text/html", "a page", "Content-Security-Policy", "getThing, does not document the status 402.")]
    [InlineData("/api/things/a", 404, "text/html", "a page", "", "getThing, 404, does not document content of the type text/html.")]
    [InlineData("/api/relay", 404, "application/problem+json", Known, "X-New", "getRelay, 404, does not document the header X-New.")]
    [InlineData("/api/new", 200, "text/plain", "", "", "no operation for GET /api/new, and its answer, 200, is no problem.")]
    [InlineData("/api/new", 404, "application/problem+json", """{ "type": "x", "status": 404 }""", "", "its answer, 404, is no problem.")]
    [InlineData(
        "/api/new", 404, "application/problem+json", """{ "type": "urn:problem:known" }""", "",
        "the body lacks the required property status.")]
    public async Task What_is_not_described_fails_and_is_named(
        string path, int status, string? type, string body, string header, string sentence)
    {
        var failure = await Assert.ThrowsAsync<FailException>(() => SendAsync("GET", path, status, type, body, header));

        Assert.Contains("docs/openapi.json", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"oneOf\": []")]
    [InlineData("\"enum\": [\"a\"]")]
    public void A_schema_that_would_not_be_checked_is_not_read(string keyword) => Assert.Throws<NotSupportedException>(
        () => new ApiContract(Document.Replace("\"required\": [\"name\"]", keyword, StringComparison.Ordinal)));

    private static async Task<HttpResponseMessage> SendAsync(
        string method, string path, int status, string? type, string body, string header)
    {
        using var answering = new OneAnswer((HttpStatusCode)status, type, body, header);
        using var client = new HttpClient(new ContractHandler(answering, new ApiContract(Document)));
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(method),
            new Uri($"http://localhost{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed class OneAnswer(HttpStatusCode status, string? type, string body, string header) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            if (type is not null)
                answer.Content.Headers.Add("Content-Type", type);
            if (header.Length > 0 && !answer.Headers.TryAddWithoutValidation(header, "a"))
                answer.Content.Headers.Add(header, "a");
            return Task.FromResult(answer);
        }
    }
}
