using System.Buffers;
using System.Text;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>Senders that check an address before they deliver anything there.</summary>
public sealed class AddressCheckTests
{
    // The example of https://developers.zoom.us/docs/api/webhooks/ has this token; the HMAC is that of the secret "s3cret".
    [Theory]
    [InlineData("""{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}""", true)]
    [InlineData("""{"event":"endpoint.url_validation","payload":{}}""", false)]
    [InlineData("""{"event":"meeting.started","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}""", false)]
    [InlineData("[]", false)]
    public void Zoom_gets_its_token_and_the_HMAC_of_it(string body, bool isAnswered)
    {
        var reply = Check(Options("hmac", WebhookChallenge.Zoom)).Answer(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(
            isAnswered
                ? "{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\",\"encryptedToken\":\"f54f2d5fee8f181aab8371bada7fed9bb675eae464f18ed4fb91715244b58ef4\"}"
                : null,
            reply?.Text);
        Assert.Equal(isAnswered ? "application/json" : null, reply?.MediaType);
    }

    // The key signs deliveries too.
    [Theory]
    [InlineData("v0:1767225600:{}")]
    [InlineData("a\\u0022b")]
    [InlineData("")]
    public void What_could_be_signed_text_is_no_token_of_Zoom(string token) =>
        Assert.Null(Check(Options("hmac", WebhookChallenge.Zoom)).Answer(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(
            $$$"""{"event":"endpoint.url_validation","payload":{"plainToken":"{{{token}}}"}}"""))));

    [Theory]
    [InlineData("GET", "subscribe", "token", "1158201444", "1158201444")]
    [InlineData("GET", "subscribe", "other", "1158201444", "SignatureInvalid")]
    [InlineData("GET", "subscribe", null, "1158201444", "SignatureInvalid")]
    [InlineData("GET", "unsubscribe", "token", "1158201444", null)]
    [InlineData("GET", "subscribe", "token", null, null)]
    [InlineData("POST", "subscribe", "token", "1158201444", null)]
    [InlineData("GET", "subscribe", "token", "a\nb", "QueryInvalid")]
    public void Meta_has_to_know_the_token(string method, string mode, string? token, string? challenge, string? expected)
    {
        var options = Options("github", WebhookChallenge.Meta);
        options.ChallengeToken = "token";

        Assert.Equal(expected, Answer(options, method, ("hub.mode", mode), ("hub.verify_token", token), ("hub.challenge", challenge)));
        Assert.Equal(["GET"], Check(options).Methods);
    }

    [Theory]
    [InlineData(WebhookChallenge.Dropbox, "GET", "challenge", "abc", "abc")]
    [InlineData(WebhookChallenge.Dropbox, "POST", "challenge", "abc", null)]
    [InlineData(WebhookChallenge.Dropbox, "GET", "other", "abc", null)]
    [InlineData(WebhookChallenge.MicrosoftGraph, "POST", "validationToken", "Validation: Testing", "Validation: Testing")]
    [InlineData(WebhookChallenge.MicrosoftGraph, "GET", "validationToken", "abc", null)]
    [InlineData(WebhookChallenge.None, "GET", "challenge", "abc", null)]
    [InlineData(WebhookChallenge.Slack, "GET", "challenge", "abc", null)]
    public void A_parameter_of_the_query_is_returned(
        WebhookChallenge challenge, string method, string parameter, string value, string? expected) =>
        Assert.Equal(expected, Answer(Options("github", challenge), method, (parameter, value)));

    [Fact]
    public void What_is_returned_has_up_to_1024_characters()
    {
        var options = Options("github", WebhookChallenge.Dropbox);

        Assert.Equal(new string('a', 1024), Answer(options, "GET", ("challenge", new string('a', 1024))));
        Assert.Equal("QueryInvalid", Answer(options, "GET", ("challenge", new string('a', 1025))));
    }

    [Theory]
    [InlineData("POST", "s", "s")]
    [InlineData("POST", "s\u007f", "HeaderInvalid")]
    [InlineData("POST", null, null)]
    [InlineData("GET", "s", null)]
    public void Asana_gets_the_secret_back_in_the_header(string method, string? secret, string? expected)
    {
        var question = new AddressQuestion(method, name => name == "X-Hook-Secret" ? secret : null, static _ => null);
        var answer = Check(Options("hmac", WebhookChallenge.Asana)).Answer(question);

        Assert.Equal(
            expected,
            answer is not { } answered ? null
                : answered.TryGet(out var reply, out var failure) ? Assert.Single(reply.Headers).Value
                : $"{failure.Kind}");
    }

    [Fact]
    public void A_scheme_knows_the_check_of_its_sender_unless_it_is_switched_off()
    {
        Assert.IsType<SlackCheck>(Check(TestDelivery.Options("slack", "s")));
        Assert.Same(AddressCheck.None, Check(Options("slack", WebhookChallenge.None)));
        Assert.Same(AddressCheck.None, Check(TestDelivery.Options("github", "s")));
    }

    [Fact]
    public void What_a_check_lacks_is_named()
    {
        var tokenless = Options("github", WebhookChallenge.Meta);
        var tokened = Options("github", WebhookChallenge.Dropbox);
        tokened.ChallengeToken = "s3cret-token";
        var keyless = TestDelivery.Options("none");
        keyless.Challenge = WebhookChallenge.Zoom;

        Assert.Equal(
            ["it:ChallengeToken is missing: Challenge is Meta, which sends the token that was entered with the address."],
            Problems(tokenless));
        Assert.Equal(
            ["it:ChallengeToken is set, but only the Challenge Meta sends a token: remove it, or choose Meta."], Problems(tokened));
        Assert.Equal(
            ["it:Challenge is 'Zoom': its answer is an HMAC with Secrets:0: use it with the scheme hmac."], Problems(keyless));
        Assert.Equal(
            ["it:Challenge is '99': it is one of None, Slack, Zoom, Meta, Dropbox, Asana, MicrosoftGraph."],
            Problems(Options("github", (WebhookChallenge)99)));
    }

    private static List<string> Problems(WebhookSourceOptions options)
    {
        var problems = new List<string>();
        AddressChecks.Compile(options, AddressCheck.None, new SettingProblems("it", null, problems));
        return problems;
    }

    private static WebhookSourceOptions Options(string scheme, WebhookChallenge challenge)
    {
        var options = TestDelivery.Options(scheme, "s3cret");
        options.Challenge = challenge;
        options.Hmac = scheme is "hmac" ? new() { Header = "X-Sig" } : null;
        return options;
    }

    private static AddressCheck Check(WebhookSourceOptions options)
    {
        var problems = new List<string>();
        var scheme = options.Scheme is "hmac" ? AddressCheck.None : TestDelivery.Scheme(options).AddressCheck;
        var check = AddressChecks.Compile(options, scheme, new SettingProblems("it", null, problems));
        Assert.Empty(problems);
        return check;
    }

    private static string? Answer(WebhookSourceOptions options, string method, params (string Name, string? Value)[] query)
    {
        var question = new AddressQuestion(method, static _ => null, name => query.FirstOrDefault(pair => pair.Name == name).Value);
        return Check(options).Answer(question) is not { } answer ? null
            : answer.TryGet(out var reply, out var failure) ? reply.Text
            : $"{failure.Kind}";
    }
}
