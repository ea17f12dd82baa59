using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// The result of a form of which something was stored: 201 if everything was; otherwise 207, which gives for each file the status that it
/// would have got by itself (RFC 4918, section 13, in JSON).
/// </summary>
internal sealed class FormResult(FormOutcome result, BodyOptions options, TimeProvider time) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (result.FirstFailure is { Kind: FailureKind.ClientGone })
        {
            httpContext.Abort();
            return;
        }

        var response = httpContext.Response;
        response.StatusCode = result.FirstFailure is null ? StatusCodes.Status201Created : StatusCodes.Status207MultiStatus;
        response.Headers.CacheControl = "no-store";
        if (result.IsShutDown)
        {
            response.SetLast();
        }

        var body = new FormResponse(
            result.Container,
            [.. result.Files.Select(file => File(file, httpContext))],
            [.. result.Fields.Select(static field => new FormFieldResponse(field.Key, field.Value))],
            result.Failure is { } failure ? ProblemResponse.Of(failure, httpContext) : null);
        await SmallContent.WriteJsonAsync(response, body, ResponseJson.Readable.FormResponse);
        if (result.FirstFailure is not null)
        {
            await Drain.RunAsync(httpContext, options, time, result.IsShutDown ? Drain.Last : null);
        }
    }

    private static FormFileResponse File(FormEntry file, HttpContext context) => new(
        file.Field,
        file.FileName,
        file.Failure is { } failure ? failure.Status ?? FailureTable.Of(failure.Kind).Status : StatusCodes.Status201Created,
        file.Receipt is { } stored ? BlobLocation.Of(context.Request, stored.Container, stored.Name) : null,
        file.Receipt is { } receipt ? ReceiptResponse.Of(receipt) : null,
        file.Failure is { } problem ? ProblemResponse.Of(problem, context) : null);
}
