using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Results;

/// <summary>Headers that are there only under some condition.</summary>
internal static class ResponseFields
{
    /// <summary>
    /// Sets one that may have nothing to say. One that is set to null is in the collection all the same, unless Kestrel has a field for it; over
    /// HTTP/2 it then sends none of the headers that come after (.NET 10.0.12). A value that can't be one, which somebody else stored or sent, is left out.
    /// </summary>
    public static void SetIfAny(this IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null && FieldValue.IsValid(value))
        {
            headers[name] = value;
        }
    }

    /// <summary>Says that no other answer comes on this connection. HTTP/2 says it by itself, and forbids the header (RFC 9113, section 8.2.2).</summary>
    public static void SetLast(this HttpResponse response)
    {
        if (HttpProtocol.IsHttp11(response.HttpContext.Request.Protocol) || HttpProtocol.IsHttp10(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }
    }
}
