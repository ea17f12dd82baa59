using Sluice.Failures;
using Sluice.Settings;
using Sluice.Tests.Uploads;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>
/// https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md and bindings/http-protocol-binding.md beside it.
/// </summary>
public sealed class CloudEventsTests
{
    private const string Token = "mF_9.B5f-4.1JqM";

    private static readonly TestDelivery _binary = new TestDelivery("{}")
        .With("Authorization", $"Bearer {Token}")
        .With("ce-specversion", "1.0").With("ce-type", "com.example.someevent").With("ce-source", "/mycontext/4").With(
            "ce-id", "A234-1234-1234");

    private static readonly TestDelivery _structured = new TestDelivery("{\"source\":\"/mycontext/4\",\"id\":\"A234-1234-1234\"}")
        .With("Authorization", $"Bearer {Token}").With("Content-Type", "application/cloudevents+json; charset=UTF-8");

    [Fact]
    public void In_binary_mode_the_source_and_the_id_in_headers_are_the_id()
    {
        using var claim = _binary.Claim(TestDelivery.Scheme("cloudevents", Token));

        Assert.Equal("/mycontext/4 A234-1234-1234", claim.DeliveryId);
        Assert.Null(_binary.Verdict(TestDelivery.Scheme("cloudevents", Token)));
    }

    [Fact]
    public void In_structured_mode_the_same_id_is_in_the_body()
    {
        using var claim = _structured.Claim(TestDelivery.Scheme("cloudevents", Token));

        Assert.Null(claim.DeliveryId);
        Assert.Equal(["/source", "/id"], claim.IdPointers.Select(static pointer => pointer.Text));
        Assert.Equal("/mycontext/4 A234-1234-1234", DeliveryIds.Join(["/mycontext/4", "A234-1234-1234"]));
    }

    [Fact]
    public void Different_pairs_never_make_the_same_id()
    {
        string[][] pairs =
        [
            ["a b", "c"], ["a", "b c"], ["ab", "c"], ["a%20b", "c"], ["a%2520b", "c"], ["a20b", "c"], ["a", "b%20c"], ["", "a b c"],
            ["a b c", ""],
        ];

        Assert.Equal(pairs.Length, pairs.Select(DeliveryIds.Join).Distinct().Count());
    }

    [Fact]
    public void A_name_of_one_part_stays_as_it_is() => Assert.Equal("a b%20", DeliveryIds.Join(["a b%20"]));

    [Fact]
    public void Headers_are_percent_decoded()
    {
        using var claim = _binary.With("ce-id", "%E2%82%AC").Claim(TestDelivery.Scheme("cloudevents", Token));

        Assert.Equal("/mycontext/4 €", claim.DeliveryId);
    }

    [Theory]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("application/cloudevents+xml")]
    public void What_holds_several_events_or_no_JSON_has_no_id(string mediaType)
    {
        using var claim = _structured.With("Content-Type", mediaType).Claim(TestDelivery.Scheme("cloudevents", Token));

        Assert.Null(claim.DeliveryId);
        Assert.Empty(claim.IdPointers);
    }

    [Theory]
    [InlineData("ce-id", "")]
    [InlineData("ce-id", "%0A")]
    [InlineData("ce-id", "a%0Ab")]
    [InlineData("ce-source", "")]
    public void An_event_without_a_name_is_refused(string header, string value) =>
        Assert.Equal(FailureKind.HeaderInvalid, _binary.With(header, value).Verdict(TestDelivery.Scheme("cloudevents", Token)));

    // The header is bounded as it comes, the name as it is meant: a euro sign has 9 characters in the one and 1 in the other.
    [Fact]
    public void The_longest_name_is_taken_and_one_character_more_is_not()
    {
        var scheme = TestDelivery.Scheme("cloudevents", Token);
        var header = string.Concat(Enumerable.Repeat("%E2%82%AC", 455)) + "a";

        Assert.Equal(4096, header.Length);
        Assert.Null(_binary.With("ce-id", header).Verdict(scheme));
        Assert.Equal(FailureKind.HeaderInvalid, _binary.With("ce-id", header + "a").Verdict(scheme));
        Assert.Null(_binary.With("ce-id", new string('a', 512)).Verdict(scheme));
        Assert.Equal(FailureKind.HeaderInvalid, _binary.With("ce-id", new string('a', 513)).Verdict(scheme));
    }

    [Fact]
    public void What_is_no_event_is_refused()
    {
        var scheme = TestDelivery.Scheme("cloudevents", Token);

        Assert.Equal(FailureKind.MediaTypeRefused, _structured.With("Content-Type", "application/json").Verdict(scheme));
        Assert.Equal(FailureKind.MediaTypeRefused, _structured.Without("Content-Type").Verdict(scheme));
    }

    [Theory]
    [InlineData(null, FailureKind.SignatureMissing)]
    [InlineData("Basic bUZfOS5CNWYtNC4xSnFN", FailureKind.SignatureMalformed)]
    [InlineData("Bearer mF_9.B5f-4.1JqN", FailureKind.SignatureInvalid)]
    [InlineData("Bearer mF_9.B5f-4.1Jq", FailureKind.SignatureInvalid)]
    [InlineData("Bearer ", FailureKind.SignatureInvalid)]
    [InlineData("bearer mF_9.B5f-4.1JqM", null)]
    public void A_token_of_the_source_has_to_be_shown(string? value, FailureKind? kind)
    {
        var delivery = value is null ? _binary.Without("Authorization") : _binary.With("Authorization", value);

        Assert.Equal(kind, delivery.Verdict(TestDelivery.Scheme("cloudevents", "another", Token)));
    }

    [Fact]
    public void A_token_that_stands_there_twice_is_one() => Assert.Null(_binary.Verdict(TestDelivery.Scheme("cloudevents", Token, Token)));

    [Fact]
    public void Without_tokens_events_are_taken_only_where_the_settings_say_so()
    {
        var options = TestDelivery.Options("cloudevents");
        options.CloudEvents = new() { AllowAnonymous = true };

        Assert.Null(_binary.Without("Authorization").Verdict(TestDelivery.Scheme(options)));
    }

    [Theory]
    [InlineData("eventemitter.example.com", "eventemitter.example.com", "120")]
    [InlineData("EventEmitter.example.com", "EventEmitter.example.com", "120")]
    [InlineData("other.example.com", null, null)]
    [InlineData("eventemitter.example.com\r\nX: y", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void Permission_is_given_to_the_origins_of_the_settings_with_their_rate(string? origin, string? allowed, string? rate)
    {
        var options = TestDelivery.Options("cloudevents", Token);
        options.CloudEvents = new() { AllowedRate = 120, AllowedOrigins = { "eventemitter.example.com" } };

        Assert.Equal((allowed, rate), Handshake(options, origin));
    }

    [Fact]
    public void The_longest_name_of_an_origin_is_answered_and_a_longer_one_is_not()
    {
        var options = TestDelivery.Options("cloudevents", Token);
        options.CloudEvents = new() { AllowedRate = 1, AllowedOrigins = { "*" } };
        var longest = new string('a', 253);

        Assert.Equal((longest, "1"), Handshake(options, longest));
        Assert.Equal((null, null), Handshake(options, longest + "a"));
        Assert.Equal((null, null), Handshake(options, ""));
    }

    [Fact]
    public void Any_origin_can_be_allowed_at_any_rate()
    {
        var options = TestDelivery.Options("cloudevents", Token);
        options.CloudEvents = new() { AllowedOrigins = { "*" } };

        Assert.Equal(("a.example", "*"), Handshake(options, "a.example"));
    }

    [Fact]
    public void Without_settings_no_origin_is() =>
        Assert.Equal((null, null), Handshake(TestDelivery.Options("cloudevents", Token), "a.example"));

    [Fact]
    public void Senders_of_other_schemes_do_not_ask() => Assert.Null(Handshake(TestDelivery.Options("github", "x"), "a.example"));

    // The two headers, or nothing where there is no permission.
    private static (string? Origin, string? Rate)? Handshake(WebhookSourceOptions options, string? origin)
    {
        var question = new AddressQuestion("OPTIONS", header => header == "WebHook-Request-Origin" ? origin : null, static _ => null);
        if (TestDelivery.Scheme(options).AddressCheck.Answer(question) is not { } answer)
        {
            return null;
        }

        var headers = answer.Value().Headers.ToDictionary();
        return (headers.GetValueOrDefault("WebHook-Allowed-Origin"), headers.GetValueOrDefault("WebHook-Allowed-Rate"));
    }
}
