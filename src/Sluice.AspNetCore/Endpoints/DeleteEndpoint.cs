using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>DELETE /api/blobs/{container}/{**name}</c>: deletes a stored blob.</summary>
public sealed class DeleteEndpoint
{
    // As for reads: a blob that is overwritten during each attempt, within milliseconds, is being written to in a loop.
    private const int MaxLooks = 5;

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

        var target = BlobPath.Target(request);
        if ((_admission.CheckTarget(target) ?? CheckOwner(target) ?? CheckSnapshots(request)) is { } refused)
        {
            return _guard.Refuse(refused);
        }

        return !UploadRequest.Condition(request.Headers).TryGet(out var condition, out var failure) ? _guard.Refuse(failure)
            : await DeleteAsync(target, condition, aborted) is { } undeleted ? _guard.Refuse(undeleted)
            : new DeletedResult();
    }

    // The version that the condition was checked for is the one that is deleted. If another one was written in between, the condition is
    // checked again. That a blob disappears after the first look is what the client wants.
    private async ValueTask<Failure?> DeleteAsync(BlobTarget target, WriteCondition condition, CancellationToken aborted)
    {
        for (var looks = 1; looks <= MaxLooks; looks++)
        {
            if (!(await _reader.FindAsync(target, Phase.Delete, aborted)).TryGet(out var found, out var failure))
            {
                return failure;
            }

            if (found is null)
            {
                return looks > 1 ? null : new Failure(FailureKind.BlobNotFound, Phase.Delete, "The blob does not exist.");
            }

            if (!condition.Allows(found.ETag, found.LastModified))
            {
                return new Failure(FailureKind.PreconditionFailed, Phase.Delete, "The blob does not satisfy the precondition.");
            }

            failure = await _deletion.DeleteAsync(target, found);
            if (failure?.Kind != FailureKind.PreconditionFailed)
            {
                return failure;
            }
        }

        return new Failure(FailureKind.WriteConflict, Phase.Delete, "The blob was overwritten at every attempt to delete it. Retry.");
    }

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
