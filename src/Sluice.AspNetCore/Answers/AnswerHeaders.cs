using Microsoft.AspNetCore.Http;

namespace Sluice.AspNetCore.Answers;

/// <summary>
/// Headers that may have nothing to say. One that is set to null is in the collection all the same, unless Kestrel has a field for it; over
/// HTTP/2 it then sends none of the headers that come after (.NET 10.0.12).
/// </summary>
internal static class AnswerHeaders
{
    public static void SetIfAny(this IHeaderDictionary headers, string name, string? value)
    {
        if (value is not null)
        {
            headers[name] = value;
        }
    }
}
