using Sluice.Failures;

namespace Sluice.IntegrationTests.OpenApi;

/// <summary>What the endpoint behind a verb and a route does, for people and for tools that read OpenAPI.</summary>
/// <param name="Subject">What it is about; behind the verb it makes the operation's id (<c>putBlob</c>).</param>
/// <param name="Summary">What it does, in one sentence.</param>
/// <param name="Description">What else a caller has to know.</param>
internal sealed record ApiOperation(string Subject, string Summary, string Description)
{
    /// <summary>What the request carries beside its body.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What becomes of the request's body; null where one is not read.</summary>
    public string? Body { get; init; }

    /// <summary>The one media type that is taken; null for any.</summary>
    public string? BodyMediaType { get; init; }

    /// <summary>The answers that are no problems.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>The failures that it can end in, beside those that every operation has.</summary>
    public IReadOnlyList<FailureKind> Failures { get; init; } = [];

    /// <summary>Whether it needs no key.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Whether the limits of callers hold for it.</summary>
    public bool IsLimited { get; init; } = true;

    /// <summary>All of them. That the client is gone is left out: nobody is told.</summary>
    public IEnumerable<FailureKind> AllFailures =>
    [
        .. Failures,
        .. IsAnonymous ? (FailureKind[])[] : [FailureKind.KeyInvalid, FailureKind.KeyScope],
        .. IsLimited ? (FailureKind[])[FailureKind.RateLimited] : [],
        .. Body is null ? (FailureKind[])[] : [FailureKind.TransferCodingUnsupported],
        FailureKind.Internal,
    ];
}
