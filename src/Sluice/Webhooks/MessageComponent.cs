namespace Sluice.Webhooks;

/// <summary>A component that a signature covers (RFC 9421, section 2).</summary>
/// <param name="Name">Its name: a header in lower case, or a derived component such as <c>@method</c>.</param>
/// <param name="QueryParameter">The parameter that <c>@query-param</c> names; null for others.</param>
/// <param name="Identifier">Name and parameters as they are signed.</param>
/// <param name="IsSupported">Whether its value can be determined here: it has no parameter that changes what it is.</param>
internal sealed record MessageComponent(string Name, string? QueryParameter, string Identifier, bool IsSupported)
{
    /// <summary>
    /// The value that is signed; null if there is none. Names are in lower case (section 2.1), and a value is bytes, one character each:
    /// with any other character, different requests would have one signed text.
    /// </summary>
    public string? Value(Func<string, string?> component)
    {
        if (!IsSupported || Name.Length == 0 || Name.Any(char.IsAsciiLetterUpper))
        {
            return null;
        }

        var value = component(QueryParameter is null ? Name : $"{Name};{QueryParameter}");
        return value is null || value.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF') ? null : value;
    }
}
