using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>
/// The description of the API, generated. Here and not in Sluice.Server, because there the generator cost each process 3.5 MiB that never
/// serves a description, and the function app has none (docs/decisions/openapi.md).
/// </summary>
internal static class GeneratedDocument
{
    private const string Name = "sluice";

    public static async Task<string> WriteAsync()
    {
        var routes = await MappedRoutes.AllAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddOpenApi(Name, options => options.AddDocumentTransformer(new ApiDocument(routes)).AddSchemaTransformer(new AnswerSchema()));
        // The default reads numbers from strings too, and then a schema says that a status may be a string.
        builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        await using var host = builder.Build();
        var document = await host.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(TestContext.Current.CancellationToken);
        return (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") + "\n";
    }
}
