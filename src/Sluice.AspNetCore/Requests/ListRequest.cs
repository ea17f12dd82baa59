using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Storage;

namespace Sluice.AspNetCore.Requests;

/// <summary>Reads from a request which blobs are to be listed.</summary>
internal static class ListRequest
{
    /// <summary>The query parameters.</summary>
    public const string Prefix = "prefix", Delimiter = "delimiter", Limit = "limit", Continuation = "continuation";

    /// <summary>The limit of a request that has none.</summary>
    public const int DefaultLimit = 100;

    // Not more than storage lists in one answer by default, so that a page is a few hundred kilobytes.
    private const int MaxLimit = 1_000;

    public static Result<BlobQuery> Bind(HttpRequest request)
    {
        var query = request.Query;
        foreach (var name in (string[])[Prefix, Delimiter, Limit, Continuation])
        {
            if (query[name].Count > 1)
            {
                return Invalid($"'{name}' is given more than once.");
            }
        }

        var (prefix, delimiter, limit) = (query[Prefix].ToString(), query[Delimiter].ToString(), DefaultLimit);
        if (BlobName.PrefixProblem(prefix) is { } problem)
        {
            return Invalid(problem);
        }

        if (delimiter is not ("" or "/"))
        {
            return Invalid("'delimiter' must be '/'.");
        }

        if (query[Limit] is [{ } number]
            && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
        {
            return Invalid($"'limit' must be a number from 1 to {MaxLimit}.");
        }

        var list = new BlobQuery(BlobPath.Container(request), prefix, delimiter.Length > 0 ? delimiter : null, limit, null);
        return query[Continuation] is not [{ } text] ? list
            : ListContinuation.Read(list, text) is { } marker ? list with { Marker = marker }
            : Invalid("'continuation' is not one of this list: container, prefix and delimiter must be those of the earlier request.");
    }

    private static Failure Invalid(string detail) => new(FailureKind.QueryInvalid, Phase.Admit, detail);
}
