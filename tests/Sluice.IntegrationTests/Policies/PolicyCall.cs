using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sluice.IntegrationTests.Policies;

/// <summary>One question to a policy service, and its answer.</summary>
internal sealed record PolicyCall(HttpContext Context, byte[] Bytes)
{
    /// <summary>The question.</summary>
    public JsonElement Question { get; } = JsonElement.Parse(Bytes);

    /// <summary>A member of the question; null if it is not there.</summary>
    public string? Text(string member) => Question.TryGetProperty(member, out var value) ? value.ToString() : null;

    /// <summary>Answers with JSON, or with anything.</summary>
    public async Task AnswerAsync(string text, int status = 200, string? cacheControl = null)
    {
        Context.Response.StatusCode = status;
        if (cacheControl is not null)
            Context.Response.Headers.CacheControl = cacheControl;
        if (text.Length > 0)
            await Context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), Context.RequestAborted);
    }
}
