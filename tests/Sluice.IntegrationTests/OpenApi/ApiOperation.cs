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

    /// <summary>Whether that is a form of files; else any media type is taken.</summary>
    public bool IsForm { get; init; }

    /// <summary>The answers that are no problems.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>The failures that it can end in, beside those that every operation has.</summary>
    public IReadOnlyList<FailureKind> Failures { get; init; } = [];

    /// <summary>Failures that the protocol of the request answers with a status that is not their own.</summary>
    public IReadOnlyList<(FailureKind Kind, int Status)> Restated { get; init; } = [];

    /// <summary>The headers of every answer, problems included.</summary>
    public IReadOnlyList<ApiHeader> Headers { get; init; } = [];

    /// <summary>The headers of problems of one status; of all problems where that is null.</summary>
    public IReadOnlyList<(int? Status, ApiHeader Header)> ProblemHeaders { get; init; } = [];

    /// <summary>
    /// Whether the answer may be the response of a downstream service: then any status comes with any headers and any content.
    /// </summary>
    public bool IsRelayed { get; init; }

    /// <summary>Whether it needs no key.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Whether the limits of callers hold for it.</summary>
    public bool IsLimited { get; init; } = true;

    /// <summary>All of them. That the client is gone is left out: nobody is told.</summary>
    public IEnumerable<FailureKind> AllFailures =>
    [
        .. Failures,
        .. IsAnonymous
            ? (FailureKind[])[]
            : [FailureKind.KeyInvalid, FailureKind.KeyScope, FailureKind.TokenInvalid, FailureKind.IssuerUnreachable],
        .. IsLimited ? (FailureKind[])[FailureKind.RateLimited] : [],
        .. Body is null ? (FailureKind[])[] : [FailureKind.TransferCodingUnsupported],
        FailureKind.Internal,
    ];
}
