using Sluice.Failures;
using Sluice.Routing;
using Sluice.Storage;

namespace Sluice.AspNetCore.Multipart;

/// <summary>The blobs that the files of a form become: each must be another one, or a file would replace an earlier one.</summary>
internal sealed class FileNames
{
    private readonly HashSet<BlobTarget> _taken = [];

    /// <summary>Takes the blob of a file. Returns why it can't have it, or null.</summary>
    public Failure? Check(Destination destination) => destination.Store is not { } blob || _taken.Add(blob)
        ? null
        : new Failure(FailureKind.NameInvalid, Phase.Admit, "An earlier file of this form has the same name.");
}
