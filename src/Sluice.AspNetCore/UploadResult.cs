using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Endpoints;
using Sluice.Failures;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>
/// What became of a body. As the result of a function or an endpoint it responds as Sluice's own routes do: 201 with the receipt, the
/// downstream service's response, or <c>application/problem+json</c>. Or inspect it, and respond as you like, unless it is answered.
/// </summary>
public sealed class UploadResult : IResult
{
    private readonly Result<UploadOutcome> _result;
    private readonly EndpointGuard _guard;
    private readonly HttpResponse? _response;

    internal UploadResult(Result<UploadOutcome> result, EndpointGuard guard, HttpResponse? response) =>
        (_result, _guard, _response) = (result, guard, response);

    /// <summary>
    /// What was stored; null if nothing was: see <see cref="Failure"/>, or the body was only relayed, or the service of a tee refused it.
    /// </summary>
    public Receipt? Receipt => _result.TryGet(out var outcome, out _) ? outcome.Receipt : null;

    /// <summary>
    /// Why it failed; null on success. Nothing of a body that failed is visible, except that a tee whose service goes first
    /// (<see cref="Settings.TeeCommit.DownstreamFirst"/>) may have stored it by the time that the client disconnects.
    /// </summary>
    public Failure? Failure => _result.Failure;

    /// <summary>
    /// Whether the body was processed as it was asked for: stored, or relayed and answered, whatever the service's status was.
    /// </summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    /// <summary>
    /// Whether the response has begun: a downstream service's response went to the client, or broke off on its way. Then return this result
    /// and nothing else.
    /// </summary>
    public bool IsAnswered => _response?.HasStarted == true || (_result.TryGet(out var outcome, out _) && outcome.Answered);

    /// <summary>
    /// The status that the downstream service responded with; null if the body went to none, or none responded. Set even if the client did
    /// not get that response.
    /// </summary>
    public int? DownstreamStatus =>
        _result.TryGet(out var outcome, out var failure) ? outcome.DownstreamStatus : failure.DownstreamStatus;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => _guard.Result(_result).ExecuteAsync(httpContext);
}
