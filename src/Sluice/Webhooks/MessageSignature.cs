namespace Sluice.Webhooks;

/// <summary>One signature of a request (RFC 9421, section 4).</summary>
/// <param name="Components">The components that it covers, in its order.</param>
/// <param name="Parameters">The components and parameters as they are signed: the value of <c>@signature-params</c> (section 2.3).</param>
/// <param name="Signature">The signature.</param>
internal sealed record MessageSignature(IReadOnlyList<MessageComponent> Components, string Parameters, byte[] Signature)
{
    /// <summary>When it was made, in seconds since 1970; null if it does not say.</summary>
    public long? Created { get; init; }

    /// <summary>When it ends to be valid, in seconds since 1970; null if it does not say.</summary>
    public long? Expires { get; init; }

    /// <summary>The algorithm it names; null if it names none.</summary>
    public string? Algorithm { get; init; }

    /// <summary>
    /// The text that is signed (section 2.5); null if a component is not there, is covered twice, or is one that can't be determined.
    /// </summary>
    /// <param name="component">Returns a component.</param>
    public string? Base(Func<string, string?> component)
    {
        if (Components.Select(static covered => covered.Identifier).Distinct(StringComparer.Ordinal).Count() < Components.Count)
        {
            return null;
        }

        var lines = Components.Select(covered => covered.Value(component) is { } value ? $"{covered.Identifier}: {value}\n" : null).ToList();
        return lines.Contains(null) ? null : $"{string.Concat(lines)}\"@signature-params\": {Parameters}";
    }
}
