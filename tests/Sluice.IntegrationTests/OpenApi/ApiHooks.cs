using Sluice.AspNetCore.Results;
using Sluice.Failures;
using static Sluice.IntegrationTests.OpenApi.ApiFields;
using static Sluice.IntegrationTests.OpenApi.ApiParameters;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>The description of webhooks.</summary>
internal static class ApiHooks
{
    public static ApiOperation Receive() => new(
        "Hook",
        "Receives a webhook: verifies it, stores it once and relays it.",
        "The scheme of the source defines the headers that authenticate the sender (docs/webhooks.md). Nothing is published before the "
            + "signature is verified.")
    {
        Parameters = [Source],
        Body = "The delivery.",
        Answers =
        [
            .. Delivered("200", "`Status` of the source is 200, or the delivery is a duplicate. A duplicate is not relayed again."),
            .. Delivered("201", "The delivery is stored. `Status` of the source is not set, or 201."),
            .. Delivered("202", "The delivery is stored or a duplicate; `Status` of the source is 202."),
            new("204", "The delivery is stored or a duplicate; `Status` of the source is 204."),
            new(
                "200", "A reply to a sender that checks the address.", NoSniff, NoStore,
                new ApiHeader("X-Hook-Secret", "Asana: the secret that the sender sent."))
            {
                MediaType = "text/plain",
            },
        ],
        IsRelayed = true,
        Failures =
        [
            FailureKind.SourceUnknown, FailureKind.SourceOff, FailureKind.QueryInvalid, .. ApiFailures.Signature,
            FailureKind.NameUnavailable, FailureKind.DownstreamRefused, .. ApiFailures.Store, .. ApiFailures.Relay,
        ],
    };

    public static ApiOperation CheckAddress(string verb) => new(
        "HookHandshake",
        "Answers a sender that checks the address before it delivers.",
        verb switch
        {
            "OPTIONS" => "CloudEvents, HTTP 1.1 Web Hooks, section 4. The response headers grant the permission; the status does not.",
            "GET" => "The sender is known from the source's `Challenge`; what is returned is what it sent.",
            _ => "Every source that accepts deliveries responds with 200.",
        })
    {
        Parameters = verb switch
        {
            "OPTIONS" =>
            [
                Source,
                new("header", "WebHook-Request-Origin", "The origin that requests permission."),
                new("header", "WebHook-Request-Rate", "The requested rate, in deliveries per minute."),
            ],
            "GET" =>
            [
                Source,
                new("query", "challenge", "Dropbox: what is returned."),
                new("query", "hub.mode", "Meta: `subscribe`."),
                new("query", "hub.verify_token", "Meta: the source's `ChallengeToken`."),
                new("query", "hub.challenge", "Meta: what is returned."),
            ],
            _ => [Source],
        },
        Answers =
        [
            verb switch
            {
                "OPTIONS" => new(
                    "200", "Permission is granted if the headers of WebHook are present.",
                    Allow, NoSniff, NoStore,
                    new ApiHeader("WebHook-Allowed-Origin", "The origin that may deliver."),
                    new ApiHeader("WebHook-Allowed-Rate", "The allowed rate, in deliveries per minute. `*`: any.")),
                "GET" => new("200", "The challenge.", NoSniff, NoStore) { MediaType = "text/plain" },
                _ => new("200", "The source accepts deliveries.", NoSniff, NoStore),
            },
        ],
        Failures = verb switch
        {
            "GET" =>
            [
                FailureKind.SourceUnknown, FailureKind.SourceOff, FailureKind.MethodRefused, FailureKind.SignatureInvalid,
                FailureKind.QueryInvalid,
            ],
            "OPTIONS" => [FailureKind.SourceUnknown, FailureKind.SourceOff, FailureKind.MethodRefused],
            _ => [FailureKind.SourceUnknown, FailureKind.SourceOff],
        },
    };

    // Some senders count any other status than 200 as a failure.
    private static ApiAnswer[] Delivered(string status, string description) =>
    [
        ApiOperations.Stored with { Status = status, Description = description },
        new(status, "", ETag) { MediaType = "application/json", Schema = typeof(DuplicateResponse) },
    ];
}
