using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>Reads untrusted headers, within limits.</summary>
internal static class SignatureHeader
{
    /// <summary>The longest header with signatures, in characters.</summary>
    public const int MaxCharacters = 4096;

    /// <summary>The most signatures in a header. A sender that rotates its secret sends two.</summary>
    public const int MaxSignatures = 32;

    public static Result<string> Read(Func<string, string?> header, string name) => header(name) switch
    {
        null or "" => SignatureFailure.Missing(name),
        { Length: > MaxCharacters } => SignatureFailure.Malformed(name, $"it has more than {MaxCharacters} characters"),
        var value => value,
    };
}
