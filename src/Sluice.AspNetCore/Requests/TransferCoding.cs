using Microsoft.AspNetCore.Http;
using Sluice.Failures;

namespace Sluice.AspNetCore.Requests;

/// <summary>What a request says of the transfer coding of its body (RFC 9112, section 6.1).</summary>
internal static class TransferCoding
{
    /// <summary>
    /// Why the body can't be taken; null if it can. Kestrel undoes the last coding and lets the others pass, whatever they are, and it undoes it in HTTP/1.0 too, which has
    /// none: a proxy that knows no codings takes more for the body, and the rest of that would be the next request.
    /// </summary>
    public static Failure? Fault(HttpRequest request) => request.Headers.TransferEncoding switch
    {
        { Count: 0 } => null,
        _ when HttpProtocol.IsHttp10(request.Protocol) => new(FailureKind.TransferCodingUnsupported, Phase.Admit, "HTTP/1.0 has no Transfer-Encoding."),
        [{ } coding] when coding.Trim(' ', '\t').Equals("chunked", StringComparison.OrdinalIgnoreCase) => null,
        _ => new(FailureKind.TransferCodingUnsupported, Phase.Admit, "Transfer-Encoding is taken as 'chunked' alone: a body is stored and sent on as it comes."),
    };
}
