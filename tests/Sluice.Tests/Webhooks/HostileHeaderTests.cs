using CsCheck;
using Sluice.Failures;

namespace Sluice.Tests.Webhooks;

/// <summary>Headers are written by strangers: whatever is in them is refused as what it is, and nothing is thrown.</summary>
public sealed class HostileHeaderTests
{
    private static readonly FailureKind[] _refusals =
    [
        FailureKind.SignatureMissing, FailureKind.SignatureMalformed, FailureKind.SignatureStale, FailureKind.SignatureInvalid,
        FailureKind.HeaderInvalid,
    ];

    // What parsers look for, in any order, between anything.
    private static readonly Gen<string> _value = Gen.OneOf(
        Gen.String[0, 40],
        Gen.OneOf(
            "t=", "v1=", "v1,", "v1a,", ",", " ", "=", "sha256=", "Bearer ", "%", "%0", ".", "1700000001", "AAAA", "00", "\ud800", "\0",
            "\r\n", "é")
            .Array[0, 12].Select(string.Concat),
        Gen.Int[0, 5000].Select(static length => new string('A', length)));

    public static TheoryData<string> All => [.. SignedDelivery.Names, "cloudevents"];

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_in_a_header_is_thrown_at_anybody(string name)
    {
        var (scheme, delivery) = name == "cloudevents"
            ? (
                TestDelivery.Scheme("cloudevents", "s3cret"),
                new TestDelivery("{}").With("Authorization", "x").With("ce-specversion", "1.0").With("ce-source", "/").With("ce-id", "1"))
            : (SignedDelivery.Of(name).Scheme, SignedDelivery.Of(name).Delivery);
        string[] headers = [.. delivery.Headers.Keys];

        Gen.Select(Gen.OneOf(headers), _value).Sample(
            (header, value) =>
            {
                var changed = delivery.With(header, value);
                var verdict = changed.Verdict(scheme);

                // A header that is not signed may change: the id of some, the token of none.
                return verdict is null ? header.EndsWith("id", StringComparison.OrdinalIgnoreCase) : _refusals.Contains(verdict.Value);
            },
            iter: 2000, seed: "0N0XIzNsQ0O2");
    }
}
