using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sluice.AspNetCore.Results;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// Makes the document of the routes that are mapped and of what <see cref="ApiOperations"/> says of them. The generator finds no
/// operations by itself, because the endpoints are plain delegates; the schemas are its work.
/// </summary>
internal sealed class ApiDocument(IReadOnlyList<(string Verb, string Route)> routes) : IOpenApiDocumentTransformer
{
    private const string ProblemSchema = "Problem";
    private const string HeaderKey = "key";
    private const string QueryKey = "code";
    private const string BearerToken = "token";

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sluice",
            Version = "1.0",
            Description = "Streams HTTP bodies of any size into block blobs and to downstream services. Send large bodies chunked.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The host that returned this document." }];
        AddKeys(document);
        var schemas = await AddSchemasAsync(document, context, cancellationToken);
        var writer = new OperationWriter(document, schemas);
        document.Paths = [];
        foreach (var route in Described())
        {
            document.Paths.Add(route.Key, new OpenApiPathItem
            {
                Operations = route.ToDictionary(
                    static described => HttpMethod.Parse(described.Verb),
                    described => writer.Write(described.Verb, described.Route, described.Operation)),
            });
        }
    }

    // A route without a description is left out, and missed by a test.
    private IEnumerable<IGrouping<string, (string Path, string Verb, string Route, ApiOperation Operation)>> Described() =>
        from mapped in routes
        let operation = ApiOperations.For(mapped.Verb, mapped.Route[$"/{SluiceRoutes.Prefix}/".Length..])
        where operation is not null
        let described = (Path: mapped.Route.Replace("{**", "{", StringComparison.Ordinal), mapped.Verb, mapped.Route, operation)
        group described by described.Path;

    private static void AddKeys(OpenApiDocument document)
    {
        document.AddComponent(HeaderKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "x-functions-key",
            Description = "A Functions key. On Sluice.Server: one of `Sluice:Server:Keys`, or one of `Sluice:Server:NamedKeys` that has "
                + "the scope of the operation.",
        });
        document.AddComponent(QueryKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = "code",
            Description = "The same key, for callers that can't set headers. Query strings often end up in logs.",
        });
        document.AddComponent(BearerToken, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "On Sluice.Server, a token of the issuer in `Sluice:Server:Tokens` that grants the scope of the operation.",
        });
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(HeaderKey, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(QueryKey, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerToken, document)] = [] },
        ];
    }

    private static async Task<IReadOnlyDictionary<Type, IOpenApiSchema>> AddSchemasAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schemas = new Dictionary<Type, IOpenApiSchema>();
        foreach (var (name, type) in ((string, Type)[])[
            ("Receipt", typeof(ReceiptResponse)), ("Duplicate", typeof(DuplicateResponse)), ("Form", typeof(FormResponse)),
            ("BlobList", typeof(ListResponse)),
            ("Replay", typeof(ReplayResponse)),
            ("PeekReport", typeof(PeekReport)), ("Health", typeof(HealthResponse)), (ProblemSchema, typeof(ProblemResponse))])
        {
            document.AddComponent(name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
            schemas.Add(type, new OpenApiSchemaReference(name, document));
        }

        var types = Enum.GetValues<FailureKind>()
            .Where(static kind => kind != FailureKind.ClientGone)
            .Select(static kind => FailureTable.Of(kind).Type);
        var problemType = (OpenApiSchema)((OpenApiSchema)document.Components!.Schemas![ProblemSchema]).Properties!["type"];
        problemType.Examples = [.. types.Order(StringComparer.Ordinal)];
        return schemas;
    }
}
