using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Limits;
using Sluice.AspNetCore.Requests;
using Sluice.AspNetCore.Results;
using Sluice.Resumable;
using Sluice.Rights;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>GET /api/blobs/{container}</c>: lists stored blobs, one page a response.</summary>
public sealed class ListEndpoint
{
    private readonly EndpointGuard _guard;
    private readonly Admission _admission;
    private readonly BlobListing _listing;
    private readonly AllowedMethods _methods;
    private readonly BlobOptions _options;

    internal ListEndpoint(
        EndpointGuard guard, Admission admission, BlobListing listing, AllowedMethods methods, IOptions<BlobOptions> options)
    {
        _guard = guard;
        _admission = admission;
        _listing = listing;
        _methods = methods;
        _options = options.Value;
    }

    /// <summary>
    /// GET, HEAD: 200 with a page, or a problem. The query may give a <c>prefix</c>, <c>delimiter=/</c>, a <c>limit</c> from 1 to 1,000
    /// (100 by default) and the <c>continuation</c> of an earlier page. A page may have fewer entries than the limit, even none.
    /// </summary>
    public Task<IResult> ListAsync(HttpRequest request) => _guard.RunAsync(request, ListAsync);

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!_options.AllowList)
        {
            return _guard.Refuse(_methods.Refusal(request, "Blobs can't be listed: Sluice:Blob:AllowList is false."));
        }

        var names = Place.Names(BlobPath.Container(request), request.Query["prefix"].ToString());
        if ((_admission.CheckRight(CallerFinder.Of(request.HttpContext), RightOperation.List, names)
            ?? _admission.CheckContainer(names.Container!)) is { } refused)
        {
            return _guard.Refuse(refused);
        }

        if (!ListRequest.Bind(request).TryGet(out var list, out var failure)
            || !(await _listing.ReadAsync(list, aborted)).TryGet(out var page, out failure))
        {
            return _guard.Refuse(failure);
        }

        return new ListResult(list, page with { Blobs = [.. page.Blobs.Where(static blob => !PartName.Is(blob.Name))] });
    }
}
