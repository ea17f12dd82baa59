using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>Writes an <see cref="ApiOperation"/> as OpenAPI.</summary>
internal sealed class OperationWriter(OpenApiDocument document, IReadOnlyDictionary<Type, IOpenApiSchema> schemas)
{
    private static readonly string[] BodyTypes = ["application/octet-stream", "*/*"];

    public OpenApiOperation Write(string verb, ApiOperation operation)
    {
        var responses = new OpenApiResponses();
        foreach (var (status, response) in Answers(operation).Concat(Problems(operation)).OrderBy(
            static response => response.Status, StringComparer.Ordinal))
        {
            responses.Add(status, response);
            if (verb == "HEAD")
            {
                response.Content = null;
            }
        }

        return new OpenApiOperation
        {
            OperationId = verb.ToLowerInvariant() + operation.Subject,
            Tags = new HashSet<OpenApiTagReference> { Tag(operation.Subject) },
            Summary = operation.Summary,
            Description = operation.Description,
            Parameters = [.. operation.Parameters.Select(Parameter)],
            RequestBody = operation.Body is null || verb is "GET" or "HEAD" ? null : new OpenApiRequestBody
            {
                Description = operation.Body,
                Content = (operation.BodyMediaType is { } one ? [one] : BodyTypes).ToDictionary(static type => type, static _ => Bytes()),
            },
            Responses = responses,
            Security = operation.IsAnonymous ? [] : null,
        };
    }

    private static OpenApiMediaType Bytes() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };

    private static OpenApiMediaType Content(string mediaType) => mediaType switch
    {
        "*/*" => Bytes(),
        "text/html" => new() { Schema = Text() },
        _ => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static IOpenApiParameter Parameter(ApiParameter parameter)
    {
        var written = new OpenApiParameter
        {
            Name = parameter.Name,
            In = Enum.Parse<ParameterLocation>(parameter.In, ignoreCase: true),
            Description = parameter.Description,
            Required = parameter.In == "path",
            Schema = Text(),
        };
        if (parameter.Prefix is { } prefix)
        {
            // OpenAPI has no words for it; this extension is the one that Azure's own descriptions use.
            written.Schema = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Text() };
            written.AddExtension("x-ms-header-collection-prefix", new JsonNodeExtension(prefix));
        }

        return written;
    }

    private OpenApiTagReference Tag(string name)
    {
        document.Tags ??= new HashSet<OpenApiTag>();
        document.Tags.Add(new OpenApiTag { Name = name });
        return new OpenApiTagReference(name, document);
    }

    private IEnumerable<(string Status, OpenApiResponse Response)> Answers(ApiOperation operation) =>
        operation.Answers.Select(answer => (answer.Status, new OpenApiResponse
        {
            Description = answer.Description,
            Headers = Headers(answer.Headers),
            Content = answer.MediaType is not { } mediaType ? null : new Dictionary<string, OpenApiMediaType>
            {
                [mediaType] = answer.Schema is { } schema ? new OpenApiMediaType { Schema = schemas[schema] } : Content(mediaType),
            },
        }));

    // A status is a list of problems.
    private IEnumerable<(string Status, OpenApiResponse Response)> Problems(ApiOperation operation) =>
        from kind in operation.AllFailures.Distinct()
        let problem = FailureTable.Of(kind)
        group problem by problem.Status into problems
        select (problems.Key.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
        {
            Description = string.Join(
                "\n", problems.OrderBy(static problem => problem.Code, StringComparer.Ordinal)
                    .Select(static problem => $"- `{problem.Type}`: {problem.Title}.")),
            Headers = Headers(ProblemHeaders(problems.Key)),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = schemas[typeof(ProblemResponse)] }
            },
        });

    private static ApiHeader[] ProblemHeaders(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => [new("WWW-Authenticate", "The kind of key that is required.")],
        StatusCodes.Status405MethodNotAllowed => [new("Allow", "The methods that the resource accepts.")],
        StatusCodes.Status416RangeNotSatisfiable => [new("Content-Range", "The length of the blob: `bytes */LENGTH`.")],
        StatusCodes.Status503ServiceUnavailable => [new("Retry-After", "The number of seconds to wait before the next attempt.")],
        _ => [],
    };

    private static Dictionary<string, IOpenApiHeader>? Headers(IReadOnlyList<ApiHeader> headers) => headers.Count == 0
        ? null
        : headers.ToDictionary(
            static header => header.Name,
            static header => (IOpenApiHeader)new OpenApiHeader { Description = header.Description, Schema = Text() });
}
