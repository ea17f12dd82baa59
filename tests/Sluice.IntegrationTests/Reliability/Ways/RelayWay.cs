using System.Security.Cryptography;
using System.Text;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A body that is only passed on: the service never takes a part for the whole.</summary>
/// <param name="most">The longest body.</param>
internal sealed class RelayWay(int most) : Way
{
    public override string Name => "relay";

    public override async Task RunAsync(Run run)
    {
        var body = run.Bytes(run.Random.Next(1, most));
        var digest = Convert.ToHexString(SHA256.HashData(body));

        var reply = await PostAsync(run, body);

        run.Check(reply.Status is 0 or 200 or >= 500 || reply.BlamesClient, $"{reply.Said} of a body that is right");
        run.Check(
            run.World.Received(run.Token).All(received => received == digest), "the service was told of a whole body that is another");
        run.Check(
            reply.IsWhole || run.World.Received(run.Token).Count == 0, "the service was told of a whole body that was not sent whole");
        Check(reply);

        // Whatever happened, the same again is passed on.
        reply = await run.UntilAnsweredAsync(() => PostAsync(run, body));
        run.Check(reply.Status == 200, $"{reply.Said} of the same again");
        Check(reply);

        void Check(Reply reply) => run.Check(
            reply.Status != 200 || Encoding.ASCII.GetString(reply.Body) == $"{body.Length} {digest}", "the answer is not the service's");
    }

    private static Task<Reply> PostAsync(Run run, byte[] body) =>
        run.SendAsync(HttpMethod.Post, $"/api/relay/service/{run.Token}", run.Content(body));
}
