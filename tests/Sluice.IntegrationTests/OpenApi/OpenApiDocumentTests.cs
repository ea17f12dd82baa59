using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>docs/openapi.json is generated of the routes, describes all of them, and is what is served.</summary>
[Collection<OnDefaultServer>]
public sealed class OpenApiDocumentTests(RunningServer server)
{
    private const string New = "artifacts/openapi.json";

    private const string Renew = $"docs/openapi.json is not what is generated of the routes. "
        + $"Look at the difference to {New}, and renew it: cp {New} docs/openapi.json";

    private static readonly string _checkedIn = Repository.Read("docs/openapi.json");
    private static readonly JsonElement _document = JsonElement.Parse(_checkedIn);

    [Fact]
    public async Task The_document_is_the_one_that_is_generated()
    {
        var generated = await GeneratedDocument.WriteAsync();
        if (generated != _checkedIn)
            Repository.Write(New, generated);

        Assert.True(generated == _checkedIn, Renew);
    }

    [Theory]
    [InlineData("/api/openapi.json", 1)]
    [InlineData("/API/openapi.json?x=y", 2)]
    public async Task The_server_sends_it(string path, int http)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, path, null, http, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(_checkedIn, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_route_that_is_mapped_is_described_and_no_other()
    {
        var mapped = (await MappedRoutes.AllAsync())
            .Select(static mapped => $"{mapped.Verb} {mapped.Route.Replace("{**", "{", StringComparison.Ordinal)}");

        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            Operations().Select(static operation => $"{operation.Verb} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_has_an_id_of_its_own_a_summary_a_success_and_a_problem()
    {
        Assert.All(Operations(), static operation =>
        {
            Assert.NotEqual("", operation.Body.GetProperty("summary").GetString());
            Assert.Contains(Responses(operation.Body), static response => response.Name.StartsWith('2'));
            Assert.Contains(Responses(operation.Body), static response => Problems(response).Any());
        });
        var ids = Operations().Select(static operation => operation.Body.GetProperty("operationId").GetString()).ToList();
        Assert.DoesNotContain("", ids);
        Assert.Equal(ids, ids.Distinct());
    }

    [Fact]
    public void Every_parameter_of_a_path_is_described() => Assert.All(Operations(), static operation =>
    {
        var described = operation.Body.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray()
                .Where(static parameter => parameter.GetProperty("in").ValueEquals("path"))
                .Select(static parameter => $"{{{parameter.GetProperty("name").GetString()}}}")
            : [];
        Assert.Equal(operation.Path.Split('/').Where(static part => part.StartsWith('{')), described);
    });

    [Fact]
    public async Task Every_problem_is_one_that_an_operation_can_end_in_by_its_own_status()
    {
        var described = Operations()
            .SelectMany(static operation => Responses(operation.Body))
            .Where(static response => response.Name != "default")
            .SelectMany(static response => Problems(response).Select(type => $"{response.Name} {type}"));
        var known = Enum.GetValues<FailureKind>().Where(static kind => kind != FailureKind.ClientGone).Select(FailureTable.Of).ToList();

        // Or by one that the protocol of the request wants.
        var restated = (await MappedRoutes.AllAsync())
            .SelectMany(static mapped => ApiOperations.For(mapped.Verb, mapped.Route[$"/{SluiceRoutes.Prefix}/".Length..])!.Restated)
            .Select(static failure => (failure.Status, FailureTable.Of(failure.Kind).Type));
        Assert.Equal(
            known.Select(static problem => (problem.Status, problem.Type)).Concat(restated).Distinct()
                .Select(static problem => $"{problem.Status} {problem.Type}").Order(StringComparer.Ordinal),
            described.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            known.Select(static problem => problem.Type).Order(StringComparer.Ordinal),
            Schema("Problem").GetProperty("properties").GetProperty("type").GetProperty("examples").EnumerateArray().Select(
                static example => example.GetString()!));
    }

    [Theory]
    [InlineData("Receipt", typeof(ReceiptResponse))]
    [InlineData("Problem", typeof(ProblemResponse))]
    [InlineData("PeekReport", typeof(PeekReport))]
    [InlineData("Duplicate", typeof(DuplicateResponse))]
    [InlineData("Form", typeof(FormResponse))]
    [InlineData("BlobList", typeof(ListResponse))]
    [InlineData("Replay", typeof(ReplayResponse))]
    [InlineData("Health", typeof(HealthResponse))]
    public void A_schema_is_that_of_the_record_that_is_sent(string name, Type record) => AssertDescribes(Schema(name), record);

    [Fact]
    public void Every_answer_has_the_schema_of_what_is_sent() => Assert.All(Operations(), static operation =>
    {
        foreach (var response in Responses(operation.Body))
        {
            foreach (var content in response.Value.TryGetProperty("content", out var contents) ? contents.EnumerateObject() : default)
            {
                var schema = content.Value.GetProperty("schema");
                var sent = schema.TryGetProperty("anyOf", out var several)
                    ? string.Join('|', several.EnumerateArray().Select(Reference))
                    : Reference(schema);
                Assert.Equal(Expected(operation.Path, response.Name, content.Name), sent);
            }
        }
    });

    [Fact]
    public void The_document_breaks_no_rule_of_OpenAPI()
    {
        var read = OpenApiDocument.Parse(_checkedIn, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    private static string? Expected(string path, string status, string mediaType) => (mediaType, status, path) switch
    {
        ("application/problem+json", _, _) => "Problem",
        ("application/json", "200", "/api/blobs/{container}") => "BlobList",
        ("application/json", _, "/api/blobs/{container}") => "Form",
        ("application/json", _, "/api/hooks/{source}") => "Receipt|Duplicate",
        ("application/json", "201", _) => "Receipt",
        ("application/json", "200", "/api/blobs/{container}/{name}" or "/api/files" or "/api/files/{id}") => "Receipt",
        ("application/json", "200", "/api/peek") => "PeekReport",
        ("application/json", "202", "/api/events/replay") => "Replay",
        ("application/json", "200", "/api/health/live" or "/api/health/ready") => "Health",
        _ => null,
    };

    private static string? Reference(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : null;

    private static JsonElement Schema(string name) => _document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static IEnumerable<(string Path, string Verb, JsonElement Body)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name.ToUpperInvariant(), operation.Value);

    private static JsonElement.ObjectEnumerator Responses(JsonElement operation) => operation.GetProperty("responses").EnumerateObject();

    private static IEnumerable<string> Problems(JsonProperty response) =>
        response.Value.GetProperty("description").GetString()!.Split('`').Where(
            static part => part.StartsWith("urn:sluice:problem:", StringComparison.Ordinal)
                || part.StartsWith("https://iana.org/assignments/http-problem-types#", StringComparison.Ordinal));

    // By the serialiser that writes the answers: the same members, and those required that are never left out; each with a description.
    private static void AssertDescribes(JsonElement schema, Type type)
    {
        var info = ResponseJson.Readable.Options.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
            AssertDescribes(schema.GetProperty("items"), info.ElementType!);
        if (info.Kind != JsonTypeInfoKind.Object)
            return;

        var members = schema.GetProperty("properties").EnumerateObject().ToDictionary(
            static member => member.Name, static member => member.Value);
        Assert.Equal(info.Properties.Select(static property => property.Name), members.Keys);
        var required = schema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(static name => name.GetString()!)
            : [];
        Assert.Equal(info.Properties.Where(static property => !property.IsGetNullable).Select(static property => property.Name), required);
        foreach (var property in info.Properties)
        {
            Assert.NotEqual("", members[property.Name].GetProperty("description").GetString());
            AssertDescribes(members[property.Name], property.PropertyType);
        }
    }
}
