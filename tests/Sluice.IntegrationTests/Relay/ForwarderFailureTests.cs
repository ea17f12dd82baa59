using Sluice.AspNetCore.Relay;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Which party is blamed when several things go wrong at once.</summary>
public sealed class ForwarderFailureTests
{
    private static readonly RelayTarget _target = new("service", new RelayTargetOptions { Address = new Uri("http://127.0.0.1:1/") });
    private static readonly Failure _gone = new(FailureKind.ClientGone, Phase.Transfer, "Gone.");
    private static readonly Failure _digest = new(FailureKind.DigestMismatch, Phase.Transfer, "Other bytes.");

    public static TheoryData<string, Exception> BrokenResponses => new()
    {
        { nameof(ForwarderError.ResponseBodyClient), new InvalidOperationException("Writing to the response body is invalid.") },
        { nameof(ForwarderError.ResponseBodyDestination), new HttpIOException(HttpRequestError.ResponseEnded) },
        { nameof(ForwarderError.ResponseHeaders), new InvalidOperationException("Invalid header.") },
    };

    // YARP aborts the client's connection because of the response; its body can't be read from then on.
    [Theory]
    [MemberData(nameof(BrokenResponses))]
    public void A_broken_response_is_the_targets_fault_although_the_client_is_cut_off_for_it(string error, Exception exception)
    {
        foreach (var body in (Failure?[])[null, _gone])
        {
            foreach (var clientGone in (bool[])[false, true])
            {
                Assert.Equal(FailureKind.DownstreamBroke, Blame(Enum.Parse<ForwarderError>(error), exception, body, clientGone));
            }
        }
    }

    [Fact]
    public void What_was_wrong_with_the_body_comes_first() =>
        Assert.Equal(
            FailureKind.DigestMismatch,
            Blame(ForwarderError.ResponseBodyClient, new InvalidOperationException("Writing is invalid."), _digest, clientGone: false));

    [Fact]
    public void A_client_that_leaves_is_the_cause_of_what_follows()
    {
        var cancelled = new OperationCanceledException();
        Assert.Equal(FailureKind.ClientGone, Blame(ForwarderError.RequestBodyClient, new IOException(), _gone, clientGone: false));
        Assert.Equal(FailureKind.ClientGone, Blame(ForwarderError.RequestCanceled, cancelled, body: null, clientGone: true));
        Assert.Equal(FailureKind.ClientGone, Blame(ForwarderError.ResponseBodyCanceled, cancelled, body: null, clientGone: true));
        Assert.Equal(FailureKind.ClientGone, Blame(ForwarderError.ResponseBodyClient, new IOException(), body: null, clientGone: false));
    }

    private static FailureKind Blame(ForwarderError error, Exception exception, Failure? body, bool clientGone) =>
        ForwarderFailure.From(error, exception, body, _target, clientGone, TimeSpan.Zero).Kind;
}
