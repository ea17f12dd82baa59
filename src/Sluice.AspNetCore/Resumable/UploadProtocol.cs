using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;
using Sluice.Failures;
using Sluice.Resumable;

namespace Sluice.AspNetCore.Resumable;

/// <summary>
/// One of the protocols of resumable uploads: how its requests are read, and what its responses say. The engine behind them is the same.
/// The request that creates an upload declares its protocol, which the upload keeps.
/// </summary>
internal abstract class UploadProtocol
{
    private static readonly TusProtocol _tus = new();
    private static readonly HttpUploadProtocol _http = new();
    private static readonly LogicAppsProtocol _logicApps = new();

    /// <summary>The protocol of an upload.</summary>
    public static UploadProtocol Of(UploadTicket ticket) => ticket.Dialect switch
    {
        UploadDialect.Tus => _tus,
        UploadDialect.Http => _http,
        _ => _logicApps,
    };

    /// <summary>The protocol of a request whose upload is not known. A request that declares none is answered as one of tus.</summary>
    public static UploadProtocol Of(HttpRequest request) =>
        HttpUploadRequest.IsHttpDraft(request) ? _http
        : UploadHeaders.IsChunked(request) && !request.Headers.ContainsKey(UploadHeaders.TusResumable) ? _logicApps
        : _tus;

    /// <summary>The status of the response to the request that created an upload.</summary>
    public virtual int CreatedCode => StatusCodes.Status201Created;

    /// <summary>The status of the response that has the receipt of a complete upload; null: no response has it.</summary>
    public abstract int? ReceiptCode { get; }

    /// <summary>Whether <c>Location</c> must be an absolute URL. RFC 9110, section 10.2.2, also allows a path.</summary>
    public virtual bool IsLocationAbsolute => false;

    /// <summary>The status of any other response.</summary>
    /// <param name="method">The method of the request.</param>
    public abstract int CodeOf(string method);

    /// <summary>Returns why a request is not of this protocol, or null.</summary>
    public virtual Failure? Check(HttpRequest request) => null;

    /// <summary>The upload, with what a later request declares of it.</summary>
    public virtual Result<UploadTicket> Describe(UploadTicket ticket, HttpRequest request) => ticket;

    /// <summary>Reads the bytes of a PATCH.</summary>
    /// <param name="request">The request.</param>
    /// <param name="interim">Sends interim responses, in a protocol that has some.</param>
    public abstract Result<Append> Patch(HttpRequest request, InterimResponses interim);

    /// <summary>Adapts a failure to what clients of this protocol expect.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="method">The method of the request.</param>
    public virtual Failure Reported(Failure failure, string method) => failure;

    /// <summary>Sets the fields that every response has.</summary>
    public virtual void WriteVersion(IHeaderDictionary headers) => headers.Remove(UploadHeaders.TusResumable);

    /// <summary>Sets the fields of a response that has the state of an upload.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The state.</param>
    /// <param name="limits">The limits of the upload.</param>
    /// <param name="left">How long the upload can still be resumed.</param>
    public abstract void Write(HttpContext context, UploadStatus status, UploadLimits limits, TimeSpan left);

    /// <summary>Sets the fields of a problem.</summary>
    /// <param name="request">The request.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="ticket">The upload, if it is known.</param>
    public virtual void WriteRefusal(HttpRequest request, Failure failure, UploadTicket? ticket)
    {
    }

    /// <summary>
    /// Sets the fields of a problem that is found before an endpoint reads the request: by a limit, a check of keys, or the routing.
    /// </summary>
    /// <param name="request">Any request.</param>
    /// <param name="failure">The failure.</param>
    public static void WriteEarlyRefusal(HttpRequest request, Failure failure)
    {
        if (!HttpMethods.IsOptions(request.Method) && request.Path.StartsWithSegments($"/{SluiceRoutes.Prefix}/{SluiceRoutes.Files}"))
        {
            var protocol = Of(request);
            protocol.WriteVersion(request.HttpContext.Response.Headers);
            protocol.WriteRefusal(request, failure, ticket: null);
        }
    }
}
