using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>The tokens that a sender may present (RFC 6750, section 2.1).</summary>
internal sealed class BearerTokens(IEnumerable<byte[]> tokens)
{
    private const string Header = "Authorization";
    private const string Scheme = "Bearer ";

    // RFC 6750, section 3: a request without a token gets no error code.
    private const string Challenge = "Bearer";
    private const string OtherToken = "Bearer error=\"invalid_token\"";

    // Hashes have the same length, so the time of a comparison does not even reveal the length of a token.
    private readonly byte[][] _hashes = [.. tokens.Select(SHA256.HashData)];

    /// <summary>Null if one of the tokens was presented.</summary>
    public Failure? Check(Func<string, string?> header)
    {
        if (!SignatureHeader.Read(header, Header).TryGet(out var value, out var failure))
        {
            return failure with { Challenge = Challenge };
        }

        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return SignatureFailure.Malformed(Header, "it is not a bearer token") with { Challenge = Challenge };
        }

        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..]));
        var known = false;
        foreach (var hash in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, shown);
        }

        return known ? null : SignatureFailure.Invalid(Phase.Admit) with { Challenge = OtherToken };
    }
}
