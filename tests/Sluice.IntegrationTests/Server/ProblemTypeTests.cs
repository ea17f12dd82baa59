using Sluice.Failures;

namespace Sluice.IntegrationTests.Server;

/// <summary>Clients compare these strings, so they are written down a second time: a change here is a breaking change.</summary>
public sealed class ProblemTypeTests
{
    private static readonly string[] _known =
    [
        "400 https://iana.org/assignments/http-problem-types#inconsistent-upload-length client",
        "400 urn:sluice:problem:body-truncated client",
        "400 urn:sluice:problem:completed-upload client",
        "400 urn:sluice:problem:digest-mismatch client",
        "400 urn:sluice:problem:form-invalid client",
        "400 urn:sluice:problem:header-invalid client",
        "400 urn:sluice:problem:name-invalid client",
        "400 urn:sluice:problem:path-invalid client",
        "400 urn:sluice:problem:query-invalid client",
        "401 urn:sluice:problem:key-invalid client",
        "401 urn:sluice:problem:signature-invalid client",
        "401 urn:sluice:problem:signature-malformed client",
        "401 urn:sluice:problem:signature-missing client",
        "401 urn:sluice:problem:signature-stale client",
        "401 urn:sluice:problem:token-invalid client",
        "403 urn:sluice:problem:key-scope client",
        "403 urn:sluice:problem:right-missing client",
        "403 urn:sluice:problem:route-refused client",
        "404 urn:sluice:problem:blob-not-found client",
        "404 urn:sluice:problem:container-unknown client",
        "404 urn:sluice:problem:no-route client",
        "404 urn:sluice:problem:resumable-off client",
        "404 urn:sluice:problem:route-unknown client",
        "404 urn:sluice:problem:source-unknown client",
        "404 urn:sluice:problem:target-unknown client",
        "404 urn:sluice:problem:upload-unknown client",
        "405 urn:sluice:problem:method-refused client",
        "408 urn:sluice:problem:client-stalled client",
        "409 https://iana.org/assignments/http-problem-types#mismatching-upload-offset client",
        "409 urn:sluice:problem:upload-taken-over client",
        "409 urn:sluice:problem:write-conflict client",
        "410 urn:sluice:problem:source-off client",
        "410 urn:sluice:problem:upload-gone client",
        "412 urn:sluice:problem:precondition-failed client",
        "412 urn:sluice:problem:tus-version-unsupported client",
        "413 urn:sluice:problem:body-too-large client",
        "413 urn:sluice:problem:upload-exhausted client",
        "415 urn:sluice:problem:media-type-refused client",
        "416 urn:sluice:problem:range-not-satisfiable client",
        "422 urn:sluice:problem:name-unavailable client",
        "423 urn:sluice:problem:upload-busy client",
        "424 urn:sluice:problem:form-abandoned client",
        "429 urn:sluice:problem:quota-exceeded client",
        "429 urn:sluice:problem:rate-limited client",
        "499 urn:sluice:problem:client-gone client",
        "500 urn:sluice:problem:internal sluice",
        "501 urn:sluice:problem:transfer-coding-unsupported sluice",
        "502 urn:sluice:problem:downstream-answer-too-large downstream",
        "502 urn:sluice:problem:downstream-broke downstream",
        "502 urn:sluice:problem:downstream-denied downstream",
        "502 urn:sluice:problem:downstream-refused downstream",
        "502 urn:sluice:problem:downstream-unreachable downstream",
        "502 urn:sluice:problem:policy-invalid downstream",
        "502 urn:sluice:problem:policy-unavailable downstream",
        "502 urn:sluice:problem:storage-denied storage",
        "502 urn:sluice:problem:storage-rejected storage",
        "502 urn:sluice:problem:storage-unreachable storage",
        "503 urn:sluice:problem:event-unannounced storage",
        "503 urn:sluice:problem:issuer-unreachable downstream",
        "503 urn:sluice:problem:not-ready sluice",
        "503 urn:sluice:problem:over-budget sluice",
        "503 urn:sluice:problem:read-conflict sluice",
        "503 urn:sluice:problem:shutting-down sluice",
        "503 urn:sluice:problem:storage-throttled storage",
        "504 urn:sluice:problem:downstream-stalled downstream",
        "504 urn:sluice:problem:storage-stalled storage",
    ];

    [Fact]
    public void Every_failure_has_a_type_of_its_own_and_none_has_changed()
    {
        var problems = Enum.GetValues<FailureKind>().Select(kind =>
        {
            var problem = FailureTable.Of(kind);
            var party = new Failure(kind, Phase.Admit, "").Party.ToString().ToLowerInvariant();
            return $"{problem.Status} {problem.Type} {party}";
        });

        Assert.Equal(_known, problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_status_says_whose_doing_it_is()
    {
        Assert.All(_known, line => Assert.Equal(line[0] == '4', line.EndsWith(" client", StringComparison.Ordinal)));
    }
}
