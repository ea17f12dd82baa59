using static FunctionsApp.Tests.FunctionsAppCompilation;

namespace FunctionsApp.Tests;

/// <summary>The function app compiles against the endpoints it calls, and this test would notice if it did not.</summary>
public sealed class CompilationTests
{
    [Fact]
    public void The_function_app_compiles_without_a_single_diagnostic() => Assert.Empty(Complaints(Current));

    [Theory]
    [InlineData("BlobFunctions.cs", "endpoint.StoreAsync(request)", "endpoint.SaveAsync(request)", "CS1061")]
    [InlineData("BlobFunctions.cs", "endpoint.StoreAsync(request)", "endpoint.StoreAsync(request.Body)", "CS1503")]
    [InlineData("BlobFunctions.cs", "BlobEndpoint endpoint", "PeekEndpoint endpoint", "CS1061")]
    [InlineData("BlobFunctions.cs", "Task<IResult> StoreBlob", "Task<string> StoreBlob", "CS0029")]
    [InlineData("BlobFunctions.cs", "\"put\", \"post\"", "\"put\", 1", "CS1503")]
    [InlineData("BlobFunctions.cs", "AuthorizationLevel.Function", "AuthorizationLevel.Key", "CS0117")]
    [InlineData("BlobFunctions.cs", "Route = SluiceRoutes.Blob", "Template = SluiceRoutes.Blob", "CS0246")]
    [InlineData("BlobFunctions.cs", "SluiceRoutes.Blob", "SluiceRoutes.Blobs", "CS0117")]
    [InlineData("BlobFunctions.cs", "[Function(\"StoreBlob\")]", "[Function]", "CS7036")]
    [InlineData("BlobFunctions.cs", "/// <summary>Stores the body as a block blob.</summary>", "", "CS1591")]
    [InlineData("Program.cs", "builder.Services.AddSluice(builder.Configuration, SluiceHost.Functions);", "builder.Services.AddSluice();", "CS7036")]
    [InlineData("Program.cs", "static telemetry => telemetry.UseFunctionsWorkerDefaults()", "static _ => { }", "CS8019")]
    [InlineData("Program.cs", "ConfigureFunctionsWebApplication", "ConfigureWebApplication", "CS1061")]
    public void A_mistake_in_the_function_app_fails_to_compile(string file, string original, string mistake, string error) =>
        Assert.Contains(Complaints(With(file, original, mistake)), complaint => complaint.Contains(error, StringComparison.Ordinal));
}
