using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.MediaTypes;
using Sluice.Resumable;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// The chunking of Azure Logic Apps and Power Automate
/// (https://learn.microsoft.com/azure/logic-apps/logic-apps-handle-large-messages#upload-chunks).
/// </summary>
internal sealed class LogicAppsProtocol : UploadProtocol
{
    // Every response is 200, by the description.
    public override int CreatedCode => StatusCodes.Status200OK;

    public override int? ReceiptCode => StatusCodes.Status200OK;

    // To anything else the runtime answers InvalidProtocolResponse: "must be a well formed absolute URI"
    // (https://github.com/LogicAppUnit/TestingFramework/issues/24).
    public override bool IsLocationAbsolute => true;

    public override int CodeOf(string method) =>
        HttpMethods.IsDelete(method) ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;

    public override Result<UploadTicket> Describe(UploadTicket ticket, HttpRequest request) =>
        MediaTypeField.Read(request.Headers.ContentType).TryGet(out var mediaType, out var failure)
            ? LogicAppsRequest.WithType(ticket, mediaType)
            : failure;

    public override Result<Append> Patch(HttpRequest request, InterimResponses interim) => LogicAppsRequest.Patch(request);

    // A workflow retries 408, 429 and 5xx, and fails with any other status
    // (https://learn.microsoft.com/azure/logic-apps/error-exception-handling#retry-policies). These conflicts pass by themselves.
    public override Failure Reported(Failure failure, string method) =>
        FailureTable.Of(failure.Kind) is { Retry: true, Status: StatusCodes.Status409Conflict or StatusCodes.Status423Locked }
            ? failure with { Status = StatusCodes.Status503ServiceUnavailable }
            : failure;

    public override void Write(HttpContext context, UploadStatus status, UploadLimits limits, TimeSpan left)
    {
        WriteRange(context.Response.Headers, status.Offset);
        if (!status.IsComplete)
        {
            context.Response.Headers[UploadHeaders.ChunkSize] =
                limits.ChunkBytes(status.Length).ToString(CultureInfo.InvariantCulture);
        }
    }

    public override void WriteRefusal(HttpRequest request, Failure failure, UploadTicket? ticket)
    {
        if (failure.Offsets is { Expected: var offset })
        {
            WriteRange(request.HttpContext.Response.Headers, offset);
        }
    }

    // What is stored, from the first byte on: the runtime compares it with all that it has sent, also after the last chunk, and fails with
    // InvalidContentRangeHeader (https://github.com/Azure/logicapps/issues/81). No range has no bytes.
    private static void WriteRange(IHeaderDictionary headers, long offset)
    {
        if (offset > 0)
        {
            headers[HeaderNames.Range] = string.Create(CultureInfo.InvariantCulture, $"bytes=0-{offset - 1}");
        }
    }
}
