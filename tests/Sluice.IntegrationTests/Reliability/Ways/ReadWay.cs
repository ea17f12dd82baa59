using System.Globalization;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A blob, or a range of it, that is streamed back: what is whole is right, and what is not is cut off.</summary>
/// <param name="ranged">Whether only a part is asked for.</param>
internal sealed class ReadWay(bool ranged) : Way
{
    public override string Name => ranged ? "GET, a range" : "GET";

    public override async Task RunAsync(Run run)
    {
        var blob = $"{run.Token}/read";
        var body = run.Bytes(run.Random.Next(1, 700_000));
        await run.World.Container.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(body), overwrite: true, run.Ending);
        var from = ranged ? run.Random.Next(body.Length) : 0;
        var to = ranged ? run.Random.Next(from, body.Length) : body.Length - 1;
        (string, string)[] headers = ranged ? [("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={from}-{to}"))] : [];

        Check(await GetAsync());
        var reply = await run.UntilAnsweredAsync(GetAsync, reply => run.MayLie && reply.Status == 404);
        run.Check(reply.IsSuccess, $"{reply.Said} of a blob that is there");
        Check(reply);
        run.Check((await run.VisibleAsync(blob))!.AsSpan().SequenceEqual(body), "reading has changed it");

        // Storage that breaks off in the middle can't be told of otherwise than by cutting the connection.
        Task<Reply> GetAsync() => run.World.StorageIsSound
            ? run.SendAsync(HttpMethod.Get, run.PathOf(blob), null, headers)
            : run.TrySendAsync(HttpMethod.Get, run.PathOf(blob), null, headers);

        void Check(Reply reply)
        {
            run.Check(
                reply.Status is 0 or >= 500 or 200 or 206 || reply.IsFaulted || (run.MayLie && reply.Status == 404),
                $"{reply.Said} of a blob that is there");
            if (reply.IsSuccess && ranged)
                run.Check(
                    reply.Header("Content-Range") == string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{body.Length}"),
                    $"the range {reply.Header("Content-Range")}");
            if (reply.IsSuccess)
                run.Check(
                    reply.Status == (ranged ? 206 : 200) && reply.Body.AsSpan().SequenceEqual(body.AsSpan(from..(to + 1))),
                    $"{reply.Status}, and other bytes");
        }
    }
}
