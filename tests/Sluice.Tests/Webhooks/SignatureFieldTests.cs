using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Tests.Webhooks;

/// <summary>Where a signature can be, and what is signed with the body, as the settings describe it.</summary>
public sealed class SignatureFieldTests
{
    private const long Now = 1_700_000_000;

    private static readonly string _good = Sign($"{Now}.b");
    private static readonly string _other = new('0', 64);

    [Theory]
    [InlineData("t={t},v1={good}", null)]
    [InlineData("v1={good},t={t}", null)]
    [InlineData("t={t}, v1={good}", null)]
    [InlineData("t={t},v1={other},v1={good}", null)]
    [InlineData("t={t},v1=potato,v1={good}", null)]
    [InlineData("t={t},v1=,v1={good}", null)]
    [InlineData("t={t},v0=x,nonsense,,v1={good},v2={other}", null)]
    [InlineData("t={t},v1={other}", FailureKind.SignatureInvalid)]
    [InlineData("t={t},v1=potato", FailureKind.SignatureMalformed)]
    [InlineData("t={t},v0={good}", FailureKind.SignatureMissing)]
    [InlineData("t={t},xv1={good}", FailureKind.SignatureMissing)]
    [InlineData("v1={good}", FailureKind.SignatureMalformed)]
    [InlineData("t={t},t={t},v1={good}", FailureKind.SignatureMalformed)]
    [InlineData("t=1,v1={good}", FailureKind.SignatureStale)]
    [InlineData("t={t};v1={good}", FailureKind.SignatureMissing)]
    public void Fields_come_in_any_order_and_one_good_signature_is_enough(string header, FailureKind? expected) => Assert.Equal(
        expected,
        new TestDelivery("b").With("X-Sig", Filled(header)).Verdict(Scheme(static hmac =>
            (hmac.SignatureField, hmac.TimestampField, hmac.Template) = ("v1", "t", "{timestamp}.{body}"))));

    [Fact]
    public void Fields_can_be_separated_by_another_character() => Assert.Null(
        new TestDelivery("b").With("X-Sig", Filled("t={t};v1={good}")).Verdict(Scheme(static hmac =>
        {
            (hmac.SignatureField, hmac.TimestampField, hmac.Template) = ("v1", "t", "{timestamp}.{body}");
            hmac.FieldSeparator = ";";
        })));

    [Theory]
    [InlineData("{good}", null, null)]
    [InlineData(null, "{good}", null)]
    [InlineData("{other}", "{good}", null)]
    [InlineData("potato", "{good}", null)]
    [InlineData("{other}", "{other}", FailureKind.SignatureInvalid)]
    [InlineData("potato", null, FailureKind.SignatureMalformed)]
    [InlineData("", "", FailureKind.SignatureMissing)]
    public void Either_of_two_headers_may_have_it(string? first, string? second, FailureKind? expected)
    {
        var delivery = new TestDelivery("b").With("X-Time", $"{Now}");
        delivery = first is null ? delivery : delivery.With("X-One", Filled(first));
        delivery = second is null ? delivery : delivery.With("X-Two", Filled(second));

        Assert.Equal(expected, delivery.Verdict(Scheme(static hmac =>
            (hmac.Header, hmac.Template, hmac.TimestampHeader) = ("X-One, X-Two", "{timestamp}.{body}", "X-Time"))));
    }

    [Theory]
    [InlineData(WebhookTimestampFormat.Milliseconds, "1700000000000", null)]
    [InlineData(WebhookTimestampFormat.Milliseconds, "1700000000999", null)]
    [InlineData(WebhookTimestampFormat.Milliseconds, "1700000000", FailureKind.SignatureStale)]
    [InlineData(WebhookTimestampFormat.Milliseconds, "99999999999999", FailureKind.SignatureStale)]
    [InlineData(WebhookTimestampFormat.Milliseconds, "100000000000000", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Milliseconds, "01700000000000", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Seconds, "01700000000", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14T22:13:20Z", null)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14T22:13:20.123456789Z", null)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14T14:13:20-08:00", null)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14T22:13:20", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14 22:13:20Z", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-31T22:13:20Z", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14T22:13:20Z ", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.Iso8601, "2023-11-14T21:13:20Z", FailureKind.SignatureStale)]
    [InlineData(WebhookTimestampFormat.HttpDate, "Tue, 14 Nov 2023 22:13:20 GMT", null)]
    [InlineData(WebhookTimestampFormat.HttpDate, "Tue, 14 Nov 2023 22:13:20", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.HttpDate, "Tuesday, 14-Nov-23 22:13:20 GMT", FailureKind.SignatureMalformed)]
    [InlineData(WebhookTimestampFormat.HttpDate, "Tue, 14 Nov 2023 20:13:20 GMT", FailureKind.SignatureStale)]
    public void A_time_is_written_in_one_way(WebhookTimestampFormat format, string time, FailureKind? expected) => Assert.Equal(
        expected,
        new TestDelivery("b").With("X-Time", time).With("X-Sig", Sign($"{time}b")).Verdict(Scheme(hmac =>
            (hmac.Template, hmac.TimestampHeader, hmac.TimestampFormat) = ("{timestamp}{body}", "X-Time", format))));

    [Theory]
    [InlineData("{timestamp}{body}", "1700000000", "23")]
    [InlineData("{body}{timestamp}", "1712345678", "23")]
    [InlineData("POSThttps://a.example/hooks{body}{timestamp}", "1712345678", "23")]
    public void Digits_that_move_between_the_time_and_the_body_are_noticed(string template, string time, string body)
    {
        var text = template.Replace("{timestamp}", time, StringComparison.Ordinal).Replace("{body}", body, StringComparison.Ordinal);
        var scheme = Scheme(hmac => (hmac.Template, hmac.TimestampHeader) = (template, "X-Time"));
        var isFirst = template.StartsWith("{timestamp}", StringComparison.Ordinal);

        Assert.Null(Sent(time, body).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureStale, (isFirst ? Sent(time + body[0], body[1..]) : Sent(body[1] + time, body[..1])).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureStale, (isFirst ? Sent(time[..^1], time[^1] + body) : Sent(time[1..], body + time[0])).Verdict(scheme));

        TestDelivery Sent(string sentTime, string sentBody) =>
            new TestDelivery(sentBody).With("X-Time", sentTime).With("X-Sig", Sign(text))
                .At(long.Parse(time, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Text_after_the_body_is_signed_too()
    {
        var scheme = Scheme(static hmac => hmac.Template = "{body}https://a.example/hooks");

        Assert.Null(new TestDelivery("b").With("X-Sig", Sign("bhttps://a.example/hooks")).Verdict(scheme));
        Assert.Equal(FailureKind.SignatureInvalid, new TestDelivery("b").With("X-Sig", Sign("b")).Verdict(scheme));
    }

    private static Sluice.Webhooks.WebhookScheme Scheme(Action<WebhookHmacOptions> change)
    {
        var options = TestDelivery.Options("hmac", "s");
        options.Hmac = new() { Header = "X-Sig" };
        change(options.Hmac);
        return TestDelivery.Scheme(options);
    }

    private static string Filled(string header) => header.Replace("{t}", $"{Now}", StringComparison.Ordinal)
        .Replace("{good}", _good, StringComparison.Ordinal).Replace("{other}", _other, StringComparison.Ordinal);

    private static string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData("s"u8, Encoding.UTF8.GetBytes(text)));
}
