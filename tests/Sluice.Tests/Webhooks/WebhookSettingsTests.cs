using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>What is wrong with a source is found at start, named by its key with a remedy, and never shows a secret.</summary>
public sealed class WebhookSettingsTests
{
    private const string Section = "Sluice:Hooks:Sources:it";
    private const string Known = "it is one of standard-webhooks, svix, github, stripe, slack, shopify, cloudevents, http-message-signatures, hmac, public-key, none.";

    private static readonly Dictionary<string, (WebhookSourceOptions Options, string[] Problems)> _wrong = new()
    {
        ["no scheme"] = (new(), [$"{Section}:Scheme is missing: {Known}"]),
        ["unknown scheme"] = (Source("gitlab", "s3cret"), [$"{Section}:Scheme is 'gitlab': {Known}"]),
        ["no secret"] = (
            Source("github"),
            [
                $"{Section}:Secrets is missing: no delivery can be verified without a secret; "
                    + $"set Secrets:0 to the secret that the sender displays."
            ]),
        ["empty secret"] = (Source("github", ""), [$"{Section}:Secrets:0 is empty."]),
        ["secret with a line's end"] = (
            Source("github", "s3cret", "s3cret\n"),
            [$"{Section}:Secrets:1 begins or ends with white space, perhaps a line break: remove it."]),
        ["9 secrets"] = (
            Source("github", [.. Enumerable.Repeat("s3cret", 9)]),
            [$"{Section}:Secrets has more than 8: remove those that the sender no longer uses."]),
        ["whsec_ without base64"] = (Source("standard-webhooks", "whsec_s3cret!"), [StandardSecret]),
        ["whsec_ with white space"] = (Source("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw"), [StandardSecret]),
        ["whsec_ that is short"] = (Source("svix", "whsec_s3cretAAAA"), [StandardSecret]),
        ["without whsec_"] = (Source("standard-webhooks", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), [StandardSecret]),
        ["whpk_ that is no key"] = (Source("standard-webhooks", "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), [StandardSecret]),
        ["an API key"] = (Source("stripe", "sk_live_s3cret"), [$"{Section}:Secrets:0 is not the signing secret of an endpoint, whsec_…."]),
        ["no tolerance"] = (
            Source("slack", "s3cret", static o => o.Tolerance = TimeSpan.Zero),
            [$"{Section}:Tolerance is '00:00:00': it is from 00:00:01 to 1.00:00:00."]),
        ["tolerance of more than a day"] = (
            Source("slack", "s3cret", static o => o.Tolerance = new(1, 0, 0, 0, 1)),
            [$"{Section}:Tolerance is '1.00:00:00.0010000': it is from 00:00:01 to 1.00:00:00."]),
        ["negative tolerance"] = (
            Source("slack", "s3cret", static o => o.Tolerance = -TimeSpan.FromMinutes(5)),
            [$"{Section}:Tolerance is '-00:05:00': it is from 00:00:01 to 1.00:00:00."]),
        ["secrets for none"] = (
            Source("none", "s3cret"),
            [$"{Section}:Secrets is set, but the scheme none verifies nothing: remove it, or choose another Scheme."]),
        ["Hmac for another"] = (Source("github", "s3cret", static o => o.Hmac = new()), [$"{Section}:Hmac is for the scheme hmac only."]),
        ["CloudEvents for another"] = (
            Source("github", "s3cret", static o => o.CloudEvents = new()), [$"{Section}:CloudEvents is for the scheme cloudevents only."]),
        ["no Hmac"] = (Source("hmac", "s3cret"), [$"{Section}:Hmac is missing: it is required and describes the scheme hmac."]),
        ["no header"] = (
            Hmac(static h => h.Header = null),
            [$"{Section}:Hmac:Header is missing: it is required and names the header with the signature."]),
        ["no name of a header"] = (
            Hmac(static h => h.Header = "X Sig"), [$"{Section}:Hmac:Header is 'X Sig': it is not a valid header name."]),
        ["empty header"] = (
            Hmac(static h => h.Header = ""),
            [$"{Section}:Hmac:Header is missing: it is required and names the header with the signature."]),
        ["no name of a header for the time"] = (
            Hmac(static h => (h.Template, h.TimestampHeader) = ("{timestamp}.{body}", "X Time")),
            [$"{Section}:Hmac:TimestampHeader is 'X Time': it is not a valid header name."]),
        ["signature as text"] = (
            Hmac(static h => h.Encoding = WebhookEncoding.Text), [$"{Section}:Hmac:Encoding is 'Text': it must be Hex or Base64."]),
        ["unknown algorithm"] = (
            Hmac(static h => h.Algorithm = (WebhookHmacAlgorithm)7),
            [$"{Section}:Hmac:Algorithm is '7': it is one of Sha1, Sha256, Sha512."]),
        ["secret that is no hex"] = (
            Hmac(static h => h.SecretEncoding = WebhookEncoding.Hex), [$"{Section}:Secrets:0 is not what Hmac:SecretEncoding says."]),
        ["template without body"] = (
            Template("{timestamp}."), [$"{Section}:Hmac:Template is '{{timestamp}}.': it has {{body}} once."]),
        ["template with two"] = (
            Template("{body}{body}"), [$"{Section}:Hmac:Template is '{{body}}{{body}}': it has {{body}} once."]),
        ["template with others"] = (
            Template("{url}{body}"),
            [
                $"{Section}:Hmac:Template is '{{url}}{{body}}': "
                    + $"it has {{timestamp}}, {{id}} and {{body}}, each at most once, and no other braces."
            ]),
        ["template without a border"] = (
            Template("{id}{body}"),
            [
                $"{Section}:Hmac:Template is '{{id}}{{body}}': "
                    + $"behind {{id}} comes text, and then {{body}}, or the end of the id could be read in two ways."
            ]),
        ["template with the id at its end"] = (
            Template("{body}.{id}."),
            [
                $"{Section}:Hmac:Template is '{{body}}.{{id}}.': "
                    + $"behind {{id}} comes text, and then {{body}}, or the end of the id could be read in two ways."
            ]),
        ["time without header"] = (
            Template("{timestamp}.{body}"),
            [
                $"{Section}:Hmac:Template is '{{timestamp}}.{{body}}': {{timestamp}} belongs together with TimestampHeader or "
                    + $"TimestampField: a timestamp is useful only if it is signed."
            ]),
        ["header without time"] = (
            Hmac(static h => h.TimestampHeader = "X-Time"),
            [
                $"{Section}:Hmac:Template is '{{body}}': {{timestamp}} belongs together with TimestampHeader or "
                    + $"TimestampField: a timestamp is useful only if it is signed."
            ]),
        ["a separator that a field contains"] = (
            Hmac(static h => h.FieldSeparator = "="),
            [$"{Section}:Hmac:FieldSeparator is '=': it is one character that no field contains, such as a comma."]),
        ["a separator of two characters"] = (
            Hmac(static h => h.FieldSeparator = ", "),
            [$"{Section}:Hmac:FieldSeparator is ', ': it is one character that no field contains, such as a comma."]),
        ["a field for the time alone"] = (
            Hmac(static h => (h.TimestampField, h.Template) = ("t", "{timestamp}.{body}")),
            [$"{Section}:Hmac:TimestampField is 't': SignatureField is required with it, and is another field."]),
        ["one field for both"] = (
            Hmac(static h => (h.SignatureField, h.TimestampField, h.Template) = ("t", "t", "{timestamp}.{body}")),
            [$"{Section}:Hmac:TimestampField is 't': SignatureField is required with it, and is another field."]),
        ["two places for the time"] = (
            Hmac(static h =>
                (h.SignatureField, h.TimestampField, h.TimestampHeader, h.Template) = ("v1", "t", "X-Time", "{timestamp}.{body}")),
            [$"{Section}:Hmac:TimestampField is 't': the timestamp is in a field or in TimestampHeader, not in both."]),
        ["unknown format of the time"] = (
            Hmac(static h => h.TimestampFormat = (WebhookTimestampFormat)9),
            [$"{Section}:Hmac:TimestampFormat is '9': it is one of Seconds, Milliseconds, Iso8601, HttpDate."]),
        ["one of two headers is no name"] = (
            Hmac(static h => h.Header = "X-Sig, X Sig"), [$"{Section}:Hmac:Header is 'X Sig': it is not a valid header name."]),
        ["no public key"] = (
            Source("public-key", "s3cret"), [$"{Section}:PublicKey is missing: it is required and describes the scheme public-key."]),
        ["PublicKey for another"] = (
            Source("github", "s3cret", static o => o.PublicKey = new()), [$"{Section}:PublicKey is for the scheme public-key only."]),
        ["unknown algorithm of a public key"] = (
            Source("public-key", "s3cret", static o => o.PublicKey = new() { Header = "X-Sig", Algorithm = (WebhookPublicKeyAlgorithm)7 }),
            [$"{Section}:PublicKey:Algorithm is '7': it is one of Ed25519, EcdsaSha256, RsaSha256."]),
        ["no algorithm for messages"] = (
            Source("http-message-signatures", "s3cret"),
            [$"{Section}:HttpMessageSignatures:Algorithm is missing: it is required, one of {Algorithms}."]),
        ["an address without scheme"] = (
            Message(static o => o.Address = "example.org/hooks"),
            [
                $"{Section}:HttpMessageSignatures:Address is 'example.org/hooks': it is an absolute URL without a query, "
                    + $"such as https://example.org/api/hooks/orders."
            ]),
        ["an address with a query"] = (
            Message(static o => o.Address = "https://example.org/hooks?code=1"),
            [
                $"{Section}:HttpMessageSignatures:Address is 'https://example.org/hooks?code=1': it is an absolute URL without a query, "
                    + $"such as https://example.org/api/hooks/orders."
            ]),
        ["a component that is none"] = (
            Message(static o => o.Components.Add("@pth")),
            [
                $"{Section}:HttpMessageSignatures:Components is '@pth': it is the name of a header, or one of "
                    + $"@method, @target-uri, @authority, @scheme, @request-target, @path, @query."
            ]),
        ["a key that is no base64"] = (
            Message(static o => o.Algorithm = WebhookMessageAlgorithm.HmacSha256, "s3cret!"), [$"{Section}:Secrets:0 is not base64."]),
        ["a key on another curve"] = (
            Message(
                static o => o.Algorithm = WebhookMessageAlgorithm.EcdsaP384Sha384,
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="),
            [$"{Section}:Secrets:0 is not a public key for ECDSA on a curve of 384 bits, in base64 or PEM."]),
        ["id without header"] = (
            Template("{id}.{body}"), [$"{Section}:IdHeader is missing: Hmac:Template signs {{id}}, which requires a header."]),
        ["two ids"] = (
            Source("github", "s3cret", static o => (o.IdHeader, o.IdPointer) = ("X-Id", "/id")),
            [$"{Section} has both IdHeader and IdPointer: a delivery has one id."]),
        ["no name of a header for the id"] = (
            Source("github", "s3cret", static o => o.IdHeader = "X Id"), [$"{Section}:IdHeader is 'X Id': it is not a valid header name."]),
        ["no pointer"] = (
            Source("github", "s3cret", static o => o.IdPointer = "id"),
            [$"{Section}:IdPointer is 'id': it begins with '/' and names a value in the body, as in RFC 6901."]),
        ["a pointer to the whole body"] = (
            Source("github", "s3cret", static o => o.IdPointer = ""),
            [$"{Section}:IdPointer is '': it begins with '/' and names a value in the body, as in RFC 6901."]),
        ["another id than the signed one"] = (
            Source("svix", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", static o => o.IdHeader = "X-Id"),
            [$"{Section} has IdHeader or IdPointer: the signed id is in svix-id."]),
        ["an event's id"] = (
            Source("cloudevents", "s3cret", static o => o.IdPointer = "/id"),
            [$"{Section} has IdHeader or IdPointer: the source and the id of an event identify it."]),
        ["events without tokens"] = (
            Source("cloudevents"),
            [
                $"{Section}:Secrets is missing: no delivery can be verified without a secret; "
                    + $"set Secrets:0 to the secret that the sender displays."
            ]),
        ["anonymous with tokens"] = (
            Source("cloudevents", "s3cret", static o => o.CloudEvents = new() { AllowAnonymous = true }),
            [
                $"{Section}:CloudEvents:AllowAnonymous is 'True': Secrets contains tokens, which would not be checked: "
                    + $"remove one of the two."
            ]),
        ["an origin that is a URL"] = (
            Source("cloudevents", "s3cret", static o => o.CloudEvents = new() { AllowedOrigins = { "https://a.example" } }),
            [
                $"{Section}:CloudEvents:AllowedOrigins is 'https://a.example': "
                    + $"an origin is a DNS name as the sender writes it in WebHook-Request-Origin, or *."
            ]),
        ["an empty origin"] = (
            Source("cloudevents", "s3cret", static o => o.CloudEvents = new() { AllowedOrigins = { "" } }),
            [
                $"{Section}:CloudEvents:AllowedOrigins is '': "
                    + $"an origin is a DNS name as the sender writes it in WebHook-Request-Origin, or *."
            ]),
        ["a rate of 0"] = (
            Source("cloudevents", "s3cret", static o => o.CloudEvents = new() { AllowedRate = 0 }),
            [$"{Section}:CloudEvents:AllowedRate is '0': it must be at least 1 request per minute; without it, any rate is allowed."]),
    };

    public static TheoryData<string> Wrong => [.. _wrong.Keys];

    private static string StandardSecret =>
        $"{Section}:Secrets:0 is not whsec_ and at least 24 bytes in base64, or whpk_ and an Ed25519 public key in base64; "
            + $"add the prefix if the sender omits it.";

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_and_no_scheme_comes_of_it(string what)
    {
        var (options, expected) = _wrong[what];
        var problems = new List<string>();

        Assert.Null(WebhookScheme.Compile("it", options, TestDelivery.Ed25519, new SettingProblems(Section, null, problems)));
        Assert.Equal(expected, problems);
        Assert.All(problems, static problem => Assert.DoesNotContain("s3cret", problem, StringComparison.OrdinalIgnoreCase));
    }

    // An app that lacks the package learns which one it is, and not that its key were wrong.
    [Theory]
    [InlineData("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")]
    [InlineData("whpk_s3cret")]
    public void A_public_key_in_an_app_without_Ed25519_names_what_to_add(string secret)
    {
        var problems = new List<string>();

        Assert.Null(WebhookScheme.Compile(
            "it", Source("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", secret), null, new SettingProblems(Section, null, problems)));
        Assert.Equal(
            [$"{Section}:Secrets:1 is an Ed25519 key (whpk_): add the package Sluice.Ed25519 and call services.AddSluiceEd25519()."], problems);
    }

    [Fact]
    public void Other_secrets_need_no_Ed25519()
    {
        var problems = new List<string>();

        Assert.NotNull(WebhookScheme.Compile(
            "it", Source("svix", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), null, new SettingProblems(Section, null, problems)));
        Assert.Empty(problems);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var options = Template("{body");
        options.Secrets.Clear();
        options.Tolerance = TimeSpan.Zero;
        var problems = new List<string>();

        Assert.Null(WebhookScheme.Compile("it", options, TestDelivery.Ed25519, new SettingProblems(Section, null, problems)));
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void What_is_just_within_the_limits_is_taken()
    {
        Assert.NotNull(TestDelivery.Scheme(Source("github", [.. Enumerable.Repeat("s3cret", 8)])));
        Assert.NotNull(TestDelivery.Scheme(Source("slack", "s3cret", static o => o.Tolerance = TimeSpan.FromSeconds(1))));
        Assert.NotNull(TestDelivery.Scheme(Source("slack", "s3cret", static o => o.Tolerance = TimeSpan.FromDays(1))));
    }

    [Theory]
    [InlineData("GitHub")]
    [InlineData("SLACK")]
    public void The_case_of_a_scheme_does_not_matter(string scheme) => Assert.NotNull(TestDelivery.Scheme(scheme, "s"));

    private static WebhookSourceOptions Source(string scheme, params string[] secrets) => TestDelivery.Options(scheme, secrets);

    private static WebhookSourceOptions Source(string scheme, string secret, Action<WebhookSourceOptions> change)
    {
        var options = Source(scheme, secret);
        change(options);
        return options;
    }

    private static WebhookSourceOptions Hmac(Action<WebhookHmacOptions> change) => Source("hmac", "s3cret", options =>
    {
        options.Hmac = new() { Header = "X-Sig" };
        change(options.Hmac);
    });

    private const string Algorithms = "HmacSha256, Ed25519, EcdsaP256Sha256, EcdsaP384Sha384, RsaV15Sha256, RsaPssSha512";

    private static WebhookSourceOptions Message(Action<WebhookHttpMessageSignaturesOptions> change, string secret = "c2VjcmV0") =>
        Source("http-message-signatures", secret, options =>
        {
            options.HttpMessageSignatures = new() { Algorithm = WebhookMessageAlgorithm.HmacSha256 };
            change(options.HttpMessageSignatures);
        });

    private static WebhookSourceOptions Template(string template) => Hmac(hmac => hmac.Template = template);
}
