using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>Headers that are set only under some condition.</summary>
internal static class ResponseFields
{
    /// <summary>
    /// Sets a header that may have no value. A header set to null is still in the collection, unless Kestrel has a field for it; over
    /// HTTP/2 Kestrel then sends none of the headers that follow (.NET 10.0.12). An invalid value, which somebody else stored or sent, is
    /// left out.
    /// </summary>
    public static void SetIfAny(this IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null && FieldValue.IsValid(value))
        {
            headers[name] = value;
        }
    }

    /// <summary>
    /// Announces that no other response follows on this connection. HTTP/2 has its own signal for that and forbids the header (RFC 9113,
    /// section 8.2.2).
    /// </summary>
    public static void SetLast(this HttpResponse response)
    {
        if (HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol) || HttpProtocol.IsHttp10(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }
    }
}
