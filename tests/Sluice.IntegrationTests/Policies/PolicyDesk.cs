using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Sluice.IntegrationTests.Relay;

namespace Sluice.IntegrationTests.Policies;

/// <summary>
/// What a policy service does: each test says what is decided about its own uploads, which it marks with a header. All others are accepted.
/// </summary>
internal sealed class PolicyDesk
{
    /// <summary>The header that marks the uploads of a test; one of those that the service sees.</summary>
    public const string Mark = "X-Policy";

    /// <summary>What questions are signed with.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ConcurrentDictionary<string, Func<PolicyCall, Task>> _deciders = new();

    /// <summary>The mark for uploads that a test decides about.</summary>
    public (string Name, string Value) Decide(Func<PolicyCall, Task> decide)
    {
        var mark = $"{Guid.NewGuid():N}";
        _deciders[mark] = decide;
        return (Mark, mark);
    }

    /// <inheritdoc cref="Decide(Func{PolicyCall, Task})"/>
    public (string Name, string Value) Decide(string answer, int status = 200, string? cacheControl = null) =>
        Decide(call => call.AnswerAsync(answer, status, cacheControl));

    /// <summary>The script of the service.</summary>
    public async Task RunAsync(HttpContext context, ServiceExchange exchange)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var call = new PolicyCall(context, bytes.ToArray());
        var mark = call.Question.GetProperty("headers").TryGetProperty(Mark.ToLowerInvariant(), out var value) ? $"{value}" : "";
        if (_deciders.TryGetValue(mark, out var decide))
            await decide(call);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
