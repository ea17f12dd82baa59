namespace Sluice.Webhooks;

/// <summary>A header that is a list of fields with names, such as <c>t=1767225600,v1=5257a8</c>.</summary>
/// <param name="Signature">The name of the fields with a signature.</param>
/// <param name="Timestamp">The name of the field with the time, if it is there.</param>
/// <param name="Separator">What is between two fields.</param>
internal sealed record SignatureFields(string Signature, string? Timestamp, char Separator)
{
    /// <summary>The values of the fields of this name.</summary>
    public IReadOnlyList<string> Values(string header, string name) =>
    [
        .. from field in header.Split(Separator)
           let start = field.TrimStart(' ')
           where start.Length > name.Length && start[name.Length] == '=' && start.StartsWith(name, StringComparison.Ordinal)
           select start[(name.Length + 1)..],
    ];
}
