using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>
/// What can be wrong with a signature. The details tell where to look, and nothing that helps a forger: neither which secret nor which
/// signature was expected.
/// </summary>
internal static class SignatureFailure
{
    public static Failure Missing(string header) =>
        new(FailureKind.SignatureMissing, Phase.Admit,
            $"The delivery has no header {header}, or the header has no signature of a kind that this source checks.");

    public static Failure Malformed(string header, string why) =>
        new(FailureKind.SignatureMalformed, Phase.Admit, $"The header {header} can't be parsed: {why}.");

    public static Failure Unacceptable(string header, string why) =>
        new(FailureKind.SignatureMalformed, Phase.Admit, $"The header {header} is not accepted: {why}.");

    public static Failure Expired(string header) =>
        new(FailureKind.SignatureStale, Phase.Admit, $"The signature has expired, as the header {header} says.");

    public static Failure Stale(string header) =>
        new(FailureKind.SignatureStale, Phase.Admit,
            $"The signed timestamp in the header {header} differs too much from the current time.");

    public static Failure Invalid(Phase phase) =>
        new(
            FailureKind.SignatureInvalid, phase,
            "No secret of this source verifies the delivery: it is not from the sender, or it was changed on the way.");
}
