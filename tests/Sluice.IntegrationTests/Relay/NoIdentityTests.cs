using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Relay;

/// <summary>A target that wants a token, on a host that has no identity of any kind.</summary>
[Collection<OnRelayServer>]
public sealed class NoIdentityTests(RelayServer server)
{
    [Fact]
    public async Task Without_an_identity_the_answer_comes_soon_and_says_what_to_look_at()
    {
        var path = server.Service.At(Scripts.Echo);

        // Whatever sources there are on the machine of the tests: each is given up.
        var answer = await server.RelayAsync("signed", path, Payload.Content([1])).WaitAsync(
            SluiceFixture.Patience, TestContext.Current.CancellationToken);

        Assert.Equal("502 downstream-denied", answer.Problem);
        Assert.Contains("AZURE_CLIENT_ID", answer.Text("detail"), StringComparison.Ordinal);
        Assert.False(server.Service.HasSeen(path));
        Assert.StartsWith(
            $"Failed signed:/{path}: DownstreamDenied in Open", await server.OutcomeAsync("signed", path), StringComparison.Ordinal);
    }
}
