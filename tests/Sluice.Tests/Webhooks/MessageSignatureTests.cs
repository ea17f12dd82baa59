using System.Text;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Webhooks;

/// <summary>HTTP Message Signatures (RFC 9421): the examples of its appendix B.2, and what is refused.</summary>
public sealed class MessageSignatureTests
{
    // Appendix B.1.2: test-key-rsa-pss.
    private const string RsaPss =
        "-----BEGIN PUBLIC KEY-----"
        + "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+"
        + "oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W"
        + "Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI"
        + "2wIDAQAB-----END PUBLIC KEY-----";

    private const string FullInput =
        "sig-b23=(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\" \"content-digest\" \"content-length\")"
        + ";created=1618884473;keyid=\"test-key-rsa-pss\"";

    private const string FullSignature =
        "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzY"
        + "x8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9Bmzh"
        + "uzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:";

    // Appendix B.2: test-request.
    private static readonly TestDelivery _request = new TestDelivery("""{"hello": "world"}""")
        .With("@method", "POST").With("@path", "/foo").With("@query", "?param=Value&Pet=dog").With("@query-param;Pet", "dog")
        .With("@authority", "example.com").With("Date", "Tue, 20 Apr 2021 02:07:55 GMT").With("Content-Type", "application/json")
        .With("Content-Digest", "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:")
        .With("Content-Length", "18").At(1_618_884_473);

    private static readonly TestDelivery _full = _request.With("Signature-Input", FullInput).With("Signature", FullSignature);

    [Fact]
    public void The_example_of_full_coverage_verifies() => Assert.Null(_full.Verdict(Pss()));

    [Fact]
    public void The_example_of_selected_components_verifies() => Assert.Null(_request
        .With(
            "Signature-Input",
            "sig-b22=(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created=1618884473;keyid=\"test-key-rsa-pss\""
            + ";tag=\"header-example\"")
        .With(
            "Signature",
            "sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0"
            + "PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/"
            + "lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:")
        .Verdict(Pss()));

    [Theory]
    [InlineData("@method", "PUT")]
    [InlineData("@path", "/Foo")]
    [InlineData("@query", "?param=Value&Pet=cat")]
    [InlineData("@authority", "example.org")]
    [InlineData("Date", "Tue, 20 Apr 2021 02:07:56 GMT")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("Content-Length", "19")]
    public void What_is_covered_can_t_be_changed(string component, string value) =>
        Assert.Equal(FailureKind.SignatureInvalid, _full.With(component, value).Verdict(Pss()));

    // Not one byte of the body was read by then.
    [Fact]
    public void A_forged_head_is_refused_before_the_body()
    {
        _full.With("@path", "/bar").Begin(Pss()).Failed(FailureKind.SignatureInvalid, Phase.Admit);
        Assert.Equal(FailureKind.SignatureInvalid, (_full with { Body = "{}"u8.ToArray() }).Verdict(Pss()));
    }

    [Theory]
    [InlineData("Signature-Input")]
    [InlineData("Signature")]
    [InlineData("Content-Digest")]
    public void All_three_headers_have_to_come(string header) =>
        Assert.Equal(FailureKind.SignatureMissing, _full.Without(header).Verdict(Pss()));

    [Theory]
    [InlineData("\"@method\"", ";created=1700000000", FailureKind.SignatureMalformed)]
    [InlineData("\"@method\" \"content-digest\"", "", FailureKind.SignatureMalformed)]
    [InlineData("\"@method\" \"content-digest\"", ";created=\"1700000000\"", FailureKind.SignatureMissing)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1699999699", FailureKind.SignatureStale)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1700000301", FailureKind.SignatureStale)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1700000000;expires=1699999999", FailureKind.SignatureStale)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1700000000;expires=1700000000", null)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1700000000;alg=\"hmac-sha256\"", null)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1700000000;alg=\"ed25519\"", FailureKind.SignatureMalformed)]
    [InlineData("\"@method\" \"content-digest\"", ";created=1700000000;nonce=\"n\";tag=\"t\"", null)]
    [InlineData("\"content-digest\" \"content-digest\"", ";created=1700000000", FailureKind.SignatureMalformed)]
    [InlineData("\"content-digest\";sf", ";created=1700000000", FailureKind.SignatureMalformed)]
    [InlineData("\"content-digest\" \"x-absent\"", ";created=1700000000", FailureKind.SignatureMalformed)]
    [InlineData("\"content-digest\" \"@status\"", ";created=1700000000", FailureKind.SignatureMalformed)]
    [InlineData("\"content-digest\" \"@query-param\"", ";created=1700000000", FailureKind.SignatureMalformed)]
    [InlineData("\"Content-Digest\"", ";created=1700000000", FailureKind.SignatureMalformed)]
    public void What_a_signature_has_to_say(string covered, string parameters, FailureKind? expected) => Assert.Equal(
        expected, SignedMessage.Signed(SignedMessage.Request("{}"u8.ToArray()), covered, parameters).Verdict(Hmac()));

    [Theory]
    [InlineData("sig1=(\"@method\" \"content-digest\");created=1700000000", null)]
    [InlineData("sig1=(  \"@method\"   \"content-digest\" ); created=1700000000", "spaces")]
    public void Spaces_are_not_signed(string input, string? spaces)
    {
        var request = SignedMessage.Signed(SignedMessage.Request("{}"u8.ToArray()), SignedMessage.Covered, ";created=1700000000");

        Assert.Equal(spaces is null, request.Headers["Signature-Input"] == input);
        Assert.Null(request.With("Signature-Input", input).Verdict(Hmac()));
    }

    [Theory]
    [InlineData("sig1")]
    [InlineData("sig1=1")]
    [InlineData("other=(\"content-digest\");created=1700000000")]
    [InlineData("sig1=(content-digest);created=1700000000")]
    public void A_label_without_a_list_and_a_signature_is_none(string input) => Assert.Equal(
        FailureKind.SignatureMissing,
        SignedMessage.Signed(SignedMessage.Request([])).With("Signature-Input", input).Verdict(Hmac()));

    [Theory]
    [InlineData("Signature-Input", "sig1=(\"content-digest\"")]
    [InlineData("Signature-Input", "=")]
    [InlineData("Signature-Input", "sig1=();created=1, sig1=();created=2")]
    [InlineData("Signature", "sig1=:a")]
    [InlineData("Content-Digest", "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:")]
    public void What_can_t_be_read_is_malformed(string header, string value) => Assert.Equal(
        FailureKind.SignatureMalformed, SignedMessage.Signed(SignedMessage.Request([])).With(header, value).Verdict(Hmac()));

    [Fact]
    public void A_digest_that_is_no_digest_is_refused() => Assert.Equal(
        FailureKind.HeaderInvalid,
        SignedMessage.Signed(SignedMessage.Request([])).With("Content-Digest", "sha-256=:AAAA:").Verdict(Hmac()));

    [Fact]
    public void A_signature_covers_up_to_32_components()
    {
        Assert.Null(With(31).Verdict(Hmac()));
        Assert.Equal(FailureKind.SignatureMalformed, With(32).Verdict(Hmac()));

        static TestDelivery With(int others)
        {
            var request = SignedMessage.Request("{}"u8.ToArray());
            for (var i = 0; i < others; i++)
            {
                request = request.With($"x-{i}", "1");
            }

            return SignedMessage.Signed(
                request, "\"content-digest\"" + string.Concat(Enumerable.Range(0, others).Select(static i => $" \"x-{i}\"")));
        }
    }

    // Written as bytes it would be the same text as with a question mark.
    [Fact]
    public void A_component_with_other_characters_than_bytes_is_refused() => Assert.Equal(
        FailureKind.SignatureMalformed,
        SignedMessage.Signed(SignedMessage.Request([]).With("x-title", "really?"), "\"content-digest\" \"x-title\"")
            .With("x-title", "really\u2026").Verdict(Hmac()));

    // A proxy on the way may have added its own.
    [Fact]
    public void One_valid_signature_of_several_is_enough_up_to_four()
    {
        var request = SignedMessage.Signed(SignedMessage.Request("{}"u8.ToArray()));
        var (input, signature) = (request.Headers["Signature-Input"], request.Headers["Signature"]);

        Assert.Null(With(3).Verdict(Hmac()));
        Assert.Equal(FailureKind.SignatureMalformed, With(4).Verdict(Hmac()));

        TestDelivery With(int others) => request
            .With("Signature-Input", string.Concat(Enumerable.Range(0, others).Select(
                static i => $"p{i}=(\"content-digest\");created=1700000000, ")) + input)
            .With("Signature", string.Concat(Enumerable.Range(0, others).Select(static i => $"p{i}=:AAAA:, ")) + signature);
    }

    [Fact]
    public void A_source_can_require_more_components()
    {
        var request = SignedMessage.Request("{}"u8.ToArray()).With("@path", "/hooks");

        Assert.Equal(FailureKind.SignatureMalformed, SignedMessage.Signed(request).Verdict(Hmac(static o => o.Components.Add("@Path"))));
        Assert.Null(SignedMessage.Signed(request, "\"content-digest\" \"@path\"").Verdict(Hmac(static o => o.Components.Add("@path"))));
    }

    [Theory]
    [InlineData("@scheme", "https")]
    [InlineData("@authority", "example.org:8443")]
    [InlineData("@path", "/hooks/orders")]
    [InlineData("@target-uri", "https://example.org:8443/hooks/orders?a=1")]
    [InlineData("@request-target", "/hooks/orders?a=1")]
    [InlineData("@query", "?a=1")]
    public void The_address_is_what_the_sender_calls(string component, string value)
    {
        // Signed with what the sender saw, and received with what a proxy made of it.
        var request = SignedMessage.Request("{}"u8.ToArray()).With("@query", "?a=1");
        var signed = SignedMessage.Signed(request.With(component, value), $"\"content-digest\" \"{component}\"");
        var received = component == "@query" ? signed : signed.With(component, "other");

        Assert.Null(received.Verdict(Hmac(static o => o.Address = "https://EXAMPLE.org:8443/hooks/orders")));
        Assert.Equal(
            component == "@query" ? null : FailureKind.SignatureInvalid, received.Verdict(Hmac()));
    }

    [Fact]
    public void An_id_is_in_a_header_or_in_the_body()
    {
        var options = SignedMessage.Of([]).Options;
        options.IdHeader = "X-Order";
        var scheme = TestDelivery.Scheme(options);
        var request = SignedMessage.Request("{}"u8.ToArray());
        using var claim = SignedMessage.Signed(request.With("x-order", "7"), Covered).Claim(scheme);

        Assert.Equal(("7", true), (claim.DeliveryId, claim.IdIsSigned));
        Assert.Equal(FailureKind.HeaderInvalid, SignedMessage.Signed(request.With("x-order", "a b"), Covered).Verdict(scheme));

        // Or one delivery could be sent under any id.
        Assert.Equal(FailureKind.SignatureMalformed, SignedMessage.Signed(request).With("x-order", "7").Verdict(scheme));
        Assert.Equal(FailureKind.SignatureMalformed, SignedMessage.Signed(request, Covered).Verdict(scheme));
    }

    private const string Covered = "\"content-digest\" \"x-order\"";

    private static Sluice.Webhooks.WebhookScheme Pss()
    {
        var options = TestDelivery.Options("http-message-signatures", RsaPss);
        options.HttpMessageSignatures = new() { Algorithm = WebhookMessageAlgorithm.RsaPssSha512 };
        return TestDelivery.Scheme(options);
    }

    private static Sluice.Webhooks.WebhookScheme Hmac(Action<WebhookHttpMessageSignaturesOptions>? change = null)
    {
        var options = SignedMessage.Of(Encoding.UTF8.GetBytes("{}")).Options;
        change?.Invoke(options.HttpMessageSignatures!);
        return TestDelivery.Scheme(options);
    }
}
