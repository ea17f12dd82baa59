using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Rights;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>DELETE /api/blobs/{container}/{**name}</c>: deletes a stored blob.</summary>
public sealed class DeleteEndpoint
{
    // https://learn.microsoft.com/rest/api/storageservices/delete-blob
    private const string Snapshots = "x-ms-delete-snapshots";

    private readonly EndpointGuard _guard;
    private readonly Admission _admission;
    private readonly BlobReader _reader;
    private readonly BlobDeletion _deletion;
    private readonly AllowedMethods _methods;
    private readonly BlobOptions _options;

    internal DeleteEndpoint(
        EndpointGuard guard, Admission admission, BlobReader reader, BlobDeletion deletion, AllowedMethods methods,
        IOptions<BlobOptions> options)
    {
        _guard = guard;
        _admission = admission;
        _reader = reader;
        _deletion = deletion;
        _methods = methods;
        _options = options.Value;
    }

    /// <summary>204 once the blob is deleted; otherwise a problem, and the blob is unchanged.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request) => _guard.RunAsync(request, DeleteAsync);

    private async Task<IResult> DeleteAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!_options.AllowDelete)
        {
            return _guard.Refuse(_methods.Refusal(request, "Blobs can't be deleted: Sluice:Blob:AllowDelete is false."));
        }

        var (target, caller) = (BlobPath.Target(request), CallerFinder.Of(request.HttpContext));
        if ((_admission.CheckRight(caller, RightOperation.Delete, Place.Blob(target))
            ?? _admission.CheckTarget(target) ?? CheckOwner(target) ?? CheckSnapshots(request)) is { } refused)
        {
            return _guard.Refuse(refused);
        }

        return !UploadRequest.Condition(request.Headers).TryGet(out var condition, out var failure) ? _guard.Refuse(failure)
            : await DeleteAsync(target, condition, caller.KnownId, aborted) is { } undeleted ? _guard.Refuse(undeleted)
            : new NoContentResult();
    }

    // The version that the condition was checked for is the one that is deleted, and no other: a blob that is written in between, perhaps
    // because this deletion had already happened and its answer was lost, stays.
    private async ValueTask<Failure?> DeleteAsync(
        BlobTarget target, WriteCondition condition, string? caller, CancellationToken aborted)
    {
        if (!(await _reader.FindAsync(target, Phase.Delete, aborted)).TryGet(out var found, out var failure))
        {
            return failure;
        }

        if (found is null)
        {
            return new Failure(FailureKind.BlobNotFound, Phase.Delete, "The blob does not exist.");
        }

        if (!condition.Allows(found.ETag, found.LastModified))
        {
            return Unsatisfied();
        }

        // That the version is gone by now is what the client wants, unless it named this version.
        failure = await _deletion.DeleteAsync(target, found, caller);
        return failure?.Kind != FailureKind.PreconditionFailed ? failure
            : condition.IfMatch is null or "*" ? null
            : Unsatisfied();
    }

    private static Failure Unsatisfied() =>
        new(FailureKind.PreconditionFailed, Phase.Delete, "The blob does not satisfy the precondition.");

    private static Failure? CheckOwner(BlobTarget target) => PartName.Is(target.Name)
        ? new Failure(
            FailureKind.WriteConflict, Phase.Admit,
            "This is a part of an upload that is being concatenated. It is removed when the upload is complete.")
        : null;

    // A client that wants only the snapshots deleted must not lose the blob.
    private static Failure? CheckSnapshots(HttpRequest request) => request.Headers.ContainsKey(Snapshots)
        ? new Failure(FailureKind.HeaderInvalid, Phase.Admit, $"{Snapshots} is not accepted: snapshots are not deleted here.")
        : null;
}
