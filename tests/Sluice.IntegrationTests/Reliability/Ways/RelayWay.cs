using System.Security.Cryptography;
using System.Text;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A body that is streamed to a service, whose answer is streamed back.</summary>
internal sealed class RelayWay(int most) : Way
{
    public override string Name => "relay";

    public override async Task RunAsync(Run run)
    {
        var body = run.Bytes(run.Random.Next(1, most));

        var reply = await run.SendAsync(HttpMethod.Put, $"/api/relay/service/{run.Token}", run.Content(body));

        run.Check(reply.Status is 0 or 200 or >= 500, $"{reply.Said} of a body that is right");
        if (reply.Status == 200)
            run.Check(Encoding.ASCII.GetString(reply.Body) == $"{body.Length} {Convert.ToHexString(SHA256.HashData(body))}", "the service has something else");
    }
}
