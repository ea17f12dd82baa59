using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Results;

/// <summary>201 with the receipt.</summary>
/// <param name="receipt">The receipt.</param>
/// <param name="status">Another status, for a sender that expects it.</param>
internal sealed class StoredResult(Receipt receipt, int status = StatusCodes.Status201Created) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.Location = BlobLocation.Of(httpContext.Request, receipt.Container, receipt.Name);
        response.Headers.ETag = receipt.ETag;
        response.Headers.LastModified = receipt.LastModified.ToString("R", CultureInfo.InvariantCulture);
        DigestHeaders.WriteReprDigest(httpContext, receipt.Digests);
        return SmallContent.WriteJsonAsync(response, ReceiptResponse.Of(receipt), ResponseJson.Readable.ReceiptResponse);
    }
}
