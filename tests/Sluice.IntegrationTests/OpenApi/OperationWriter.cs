using System.Globalization;
using Microsoft.OpenApi;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>Writes an <see cref="ApiOperation"/> as OpenAPI.</summary>
internal sealed class OperationWriter(OpenApiDocument document, IReadOnlyDictionary<Type, IOpenApiSchema> schemas)
{
    private const string AnyType = "*/*";
    private const string Octets = "application/octet-stream";

    private static readonly string[] BodyTypes = [Octets, AnyType];

    /// <summary>Writes one.</summary>
    /// <param name="verb">Its verb.</param>
    /// <param name="route">Its route, with <c>{**name}</c> for the rest of a path.</param>
    /// <param name="operation">What it does.</param>
    public OpenApiOperation Write(string verb, string route, ApiOperation operation) => new()
    {
        OperationId = verb.ToLowerInvariant() + operation.Subject,
        Tags = new HashSet<OpenApiTagReference> { Tag(route) },
        Summary = operation.Summary,
        Description = operation.Description,
        Parameters = [.. operation.Parameters.Select(parameter => Parameter(parameter, route))],
        RequestBody = operation.Body is null || verb is "GET" or "HEAD" ? null : new OpenApiRequestBody
        {
            Description = operation.Body,
            Content = operation.IsForm ? Form() : BodyTypes.ToDictionary(static type => type, static _ => Bytes()),
        },
        Responses = Responses(verb, operation),
        Security = operation.IsAnonymous ? [] : null,
    };

    private static OpenApiMediaType Bytes() => new() { Schema = File() };

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    // A field of any name may be a file; generated clients need one name.
    private static Dictionary<string, OpenApiMediaType> Form() => new()
    {
        ["multipart/form-data"] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["file"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = File(),
                        Description = "The files. Fields of other names may have files too.",
                    },
                },
            },
        },
    };

    private static OpenApiMediaType Content(string mediaType) => mediaType switch
    {
        AnyType => Bytes(),
        "application/json" => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
        _ => new() { Schema = Text() },
    };

    private static OpenApiParameter Parameter(ApiParameter parameter, string route)
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
            written.Schema = Map();
            written.AddExtension(ApiExtensions.Prefix, new JsonNodeExtension(prefix));
        }

        if (route.Contains($"{{**{parameter.Name}}}", StringComparison.Ordinal))
            written.AddExtension(ApiExtensions.Unencoded, new JsonNodeExtension(true));
        return written;
    }

    private static OpenApiSchema Map() => new() { Type = JsonSchemaType.Object, AdditionalProperties = Text() };

    // By the first segment below the prefix: /api/blobs/... is "blobs".
    private OpenApiTagReference Tag(string route)
    {
        var name = route.Split('/', StringSplitOptions.RemoveEmptyEntries)[1];
        document.Tags ??= new HashSet<OpenApiTag>();
        document.Tags.Add(new OpenApiTag { Name = name, Description = ApiTags.Descriptions[name] });
        return new OpenApiTagReference(name, document);
    }

    private OpenApiResponses Responses(string verb, ApiOperation operation)
    {
        var responses = new OpenApiResponses();
        foreach (var status in operation.Answers.Concat(Problems(operation)).Concat(Relayed(operation)).GroupBy(
            static answer => answer.Status).OrderBy(static answers => answers.Key, StringComparer.Ordinal))
        {
            responses.Add(status.Key, Response(verb, operation, [.. status]));
        }

        return responses;
    }

    private OpenApiResponse Response(string verb, ApiOperation operation, List<ApiAnswer> answers)
    {
        var content = new Dictionary<string, OpenApiMediaType>();
        foreach (var (mediaType, schema) in answers.Where(static answer => answer.MediaType is not null)
            .Select(static answer => (answer.MediaType!, answer.Schema))
            .Concat(operation.IsRelayed ? [(AnyType, null)] : []))
        {
            // A generated client makes a stream of application/octet-stream, and nothing of */* alone.
            if (mediaType == AnyType && content.Count == 0)
                content.Add(Octets, Bytes());
            if (schema is not null && content.TryGetValue(mediaType, out var other) && other.Schema != schemas[schema])
                other.Schema = new OpenApiSchema { AnyOf = [.. other.Schema!.AnyOf ?? [other.Schema], schemas[schema]] };
            else
                content.TryAdd(mediaType, schema is null ? Content(mediaType) : new OpenApiMediaType { Schema = schemas[schema] });
        }

        var headers = answers.SelectMany(static answer => answer.Headers.Concat(answer.Schema is null ? [] : ApiFields.Json))
            .Concat(operation.Headers)
            .Distinct()
            .ToDictionary(static header => header.Name, Header);
        return new OpenApiResponse
        {
            Description = string.Join(
                '\n', answers.Select(static answer => answer.Description).Where(static description => description.Length > 0)),
            Headers = headers.Count > 0 ? headers : null,
            Content = verb == "HEAD" || content.Count == 0 ? null : content,
        };
    }

    private IOpenApiHeader Header(ApiHeader header)
    {
        var key = header.Variant is { } variant ? $"{header.Name}-{variant}" : header.Name;
        var written = new OpenApiHeader { Description = header.Description, Schema = header.Prefix is null ? Text() : Map() };
        if (header.Prefix is { } prefix)
            written.AddExtension(ApiExtensions.Prefix, new JsonNodeExtension(prefix));
        if (document.Components?.Headers?.TryGetValue(key, out var known) != true)
            document.AddComponent(key, (IOpenApiHeader)written);
        else if (known!.Description != header.Description)
            throw new InvalidOperationException($"Two headers are called {key}: one of them needs a variant.");
        return new OpenApiHeaderReference(key, document);
    }

    // A status is a list of problems.
    private static IEnumerable<ApiAnswer> Problems(ApiOperation operation) =>
        from failure in operation.AllFailures.Select(static kind => (Kind: kind, FailureTable.Of(kind).Status)).Concat(operation.Restated)
            .Distinct()
        group FailureTable.Of(failure.Kind) by failure.Status into problems
        select new ApiAnswer(
            problems.Key.ToString(CultureInfo.InvariantCulture),
            string.Join(
                "\n", problems.OrderBy(static problem => problem.Code, StringComparer.Ordinal)
                    .Select(static problem => $"- `{problem.Type}`: {problem.Title}.")),
            [
                .. ApiFields.OfProblem(problems.Key),
                .. operation.ProblemHeaders.Where(header => header.Status is null || header.Status == problems.Key)
                    .Select(static header => header.Header),
                ApiFields.NoStore, ApiFields.Vary,
            ])
        {
            MediaType = "application/problem+json",
            Schema = typeof(ProblemResponse),
        };

    private static ApiAnswer[] Relayed(ApiOperation operation) => operation.IsRelayed
        ?
        [
            new(
                "default",
                "The unchanged response of the downstream service. It may have any status, those above included, and any headers."),
        ]
        : [];
}
