using System.Collections.Immutable;
using Sluice.Failures;
using Sluice.Routing;

namespace Sluice.Webhooks;

/// <summary>A parameter of the query is returned: Dropbox by GET, Microsoft Graph by POST.</summary>
/// <param name="method">The method by which the sender asks.</param>
/// <param name="parameter">The parameter.</param>
internal sealed class QueryCheck(string method, string parameter) : AddressCheck
{
    public override ImmutableArray<string> Methods => method == "POST" ? [] : [method];

    public override Result<ChallengeReply>? Answer(AddressQuestion question) =>
        question.Method != method || question.Query(parameter) is not { } value
            ? (Result<ChallengeReply>?)null
            : Echo(FailureKind.QueryInvalid, $"The parameter {parameter}", value);
}
