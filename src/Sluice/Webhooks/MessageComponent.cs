namespace Sluice.Webhooks;

/// <summary>A component that a signature covers (RFC 9421, section 2).</summary>
/// <param name="Name">Its name: a header in lower case, or a derived component such as <c>@method</c>.</param>
/// <param name="QueryParameter">The parameter that <c>@query-param</c> names; null for others.</param>
/// <param name="Identifier">Name and parameters as they are signed.</param>
/// <param name="IsSupported">Whether its value can be determined here: it has no parameter that changes what it is.</param>
internal sealed record MessageComponent(string Name, string? QueryParameter, string Identifier, bool IsSupported)
{
    /// <summary>
    /// The value that is signed; null if there is none. A derived component is never taken from a header, and a header with a line break
    /// in it is nobody's.
    /// </summary>
    public string? Value(Func<string, string?> component) =>
        !IsSupported || Name.Length == 0 || Name.Any(char.IsAsciiLetterUpper) ? null
        : QueryParameter is null ? component(Name)
        : component($"{Name};{QueryParameter}");
}
