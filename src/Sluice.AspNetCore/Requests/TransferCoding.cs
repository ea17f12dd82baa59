using Microsoft.AspNetCore.Http;
using Sluice.Failures;

namespace Sluice.AspNetCore.Requests;

/// <summary>Checks the transfer coding that a request declares for its body (RFC 9112, section 6.1).</summary>
internal static class TransferCoding
{
    /// <summary>
    /// Returns why the body can't be accepted, or null. Kestrel decodes the last coding and passes any others through unchecked. It also
    /// decodes codings in HTTP/1.0, which has none: a proxy that knows no codings sees a different end of the body, and the rest would be
    /// read as the next request.
    /// </summary>
    public static Failure? Fault(HttpRequest request) => request.Headers.TransferEncoding switch
    {
        { Count: 0 } => null,
        _ when HttpProtocol.IsHttp10(request.Protocol) =>
            new(FailureKind.TransferCodingUnsupported, Phase.Admit, "HTTP/1.0 has no Transfer-Encoding."),
        [{ } coding] when coding.Trim(' ', '\t').Equals("chunked", StringComparison.OrdinalIgnoreCase) => null,
        _ => new(FailureKind.TransferCodingUnsupported, Phase.Admit, "Only 'Transfer-Encoding: chunked' is supported."),
    };
}
