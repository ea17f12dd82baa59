using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.Routing;

namespace Sluice.AspNetCore.Results;

/// <summary>200 for a sender that only checks the address.</summary>
internal sealed class ChallengeResult(ChallengeReply reply) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (HttpMethods.IsOptions(httpContext.Request.Method))
        {
            response.Headers.Allow = "POST";
        }

        // It is what the sender sent; a browser must not find a page in it.
        response.Headers.XContentTypeOptions = "nosniff";

        // Whoever asks gets what they sent, and not what somebody else did.
        response.Headers.CacheControl = "no-store";
        var body = Encoding.UTF8.GetBytes(reply.Text);
        response.ContentLength = body.Length;
        if (body.Length > 0)
        {
            response.ContentType = $"{reply.MediaType}; charset=utf-8";
            await response.Body.WriteAsync(body);
        }
    }
}
