using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>200 with docs/openapi.json, which is embedded in this assembly: it is mapped, not read into memory.</summary>
internal sealed class DocumentResult : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var document = typeof(DocumentResult).Assembly.GetManifestResourceStream("openapi.json")!;
        var response = httpContext.Response;
        response.ContentType = "application/json";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = document.Length;
        await document.CopyToAsync(response.Body, httpContext.RequestAborted);
    }
}
