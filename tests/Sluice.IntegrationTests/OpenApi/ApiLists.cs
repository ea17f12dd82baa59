using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The description of lists.</summary>
internal static class ApiLists
{
    public static ApiOperation List(bool head) => new(
        "Blobs",
        head ? "Returns the headers of a list of blobs without its content." : "Lists blobs.",
        "Off unless `Sluice:Blob:AllowList` is true. One page a response, in the order of the names. A page may have fewer entries than "
            + "`limit`, even none: the last page is the one without `next`.")
    {
        Parameters =
        [
            ApiParameters.BlobPath[0],
            new("query", ListRequest.Prefix, "What the names begin with. The default is all."),
            new("query", ListRequest.Delimiter, "`/`: list only what is directly in the folder that the prefix names: blobs, and folders."),
            new("query", ListRequest.Limit, "The most blobs and folders of a page, 1 to 1000. The default is 100."),
            new("query", ListRequest.Continuation, "`next` of the page before, with the same `prefix` and `delimiter`."),
        ],
        Answers =
        [
            new("200", "One page.", new ApiHeader("Link", "The address of the next page (`rel=\"next\"`), if there is one."))
            {
                MediaType = "application/json",
                Schema = typeof(ListResponse)
            },
        ],
        Headers = [.. ApiFields.ForPages, ApiFields.NoStore, ApiFields.ContentDigest, ApiFields.NoSniff],
        Failures =
        [
            FailureKind.MethodRefused, FailureKind.ContainerUnknown, FailureKind.QueryInvalid, FailureKind.RightMissing,
            .. ApiFailures.Storage,
        ],
    };
}
