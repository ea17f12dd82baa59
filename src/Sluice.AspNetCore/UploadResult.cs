using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Endpoints;
using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>
/// The result of an upload. Returned from a function or an endpoint, it responds as Sluice's own routes do: 201 with the receipt, the
/// downstream service's response, or <c>application/problem+json</c>. Or read it and respond as you like.
/// </summary>
public sealed class UploadResult : IResult
{
    private readonly Result<UploadOutcome> _result;
    private readonly EndpointGuard _guard;

    internal UploadResult(Result<UploadOutcome> result, EndpointGuard guard) => (_result, _guard) = (result, guard);

    /// <summary>
    /// What was stored; null if nothing was: the upload failed (see <see cref="Failure"/>), or the body was only relayed.
    /// </summary>
    public Receipt? Receipt => _result.TryGet(out var outcome, out _) ? outcome.Receipt : null;

    /// <summary>Why the upload failed; null on success. Nothing of a failed body is visible.</summary>
    public Failure? Failure => _result.Failure;

    /// <summary>Whether the body has reached its destination.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    /// <summary>
    /// Whether the response has been sent: a downstream service's response was passed to the client. In that case return this result and
    /// nothing else.
    /// </summary>
    public bool IsAnswered => _result.TryGet(out var outcome, out _) && outcome.Answered;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => _guard.Result(_result).ExecuteAsync(httpContext);
}
