using Azure.Storage.Blobs.Models;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>Parts that are uploaded by themselves, and a whole that is made of them: tus's concatenation.</summary>
internal sealed class ConcatenationWay : Way
{
    private const string PartsPrefix = "partial-uploads/";

    public override string Name => "tus, concatenation";

    // A part is known to storage by an identifier only.
    public override bool IsAlone => true;

    public override async Task RunAsync(Run run)
    {
        var before = await PartNamesAsync(run);
        var parts = new List<UploadClient>();
        var whole = new List<byte>();
        for (var part = run.Random.Next(1, 4); part > 0; part--)
        {
            var bytes = run.Bytes(run.Random.Next(1, 150_000));
            var upload = new UploadClient(run, bytes);
            await upload.CreateAsync(0);
            while (!upload.IsComplete)
                await upload.AppendAsync(100_000);
            whole.AddRange(bytes);
            parts.Add(upload);
        }

        var first = await run.UntilAnsweredAsync(() => FinalAsync(run, parts), reply => run.MayLie && reply.Status == 410);
        run.Check(first.Status == 201, $"{first.Said} of the whole");
        await run.SettledAsync();
        var again = await run.UntilAnsweredAsync(() => FinalAsync(run, parts), reply => run.MayLie && reply.Status == 410);
        run.Check(
            again.Status == 201 && again.Header("Location") == first.Header("Location"),
            $"{again.Said} at {again.Header("Location")}, the second time");

        var names = await run.NamesAsync();
        run.Check(names is [_], $"there are {names.Count} blobs instead of the whole");
        run.Check((await run.VisibleAsync(names[0]))!.AsSpan().SequenceEqual(whole.ToArray()), "the whole is another");
        var left = (await PartNamesAsync(run)).Except(before);
        // Storage may have said that a part is gone that was to be deleted.
        run.Check(run.MayLie || !left.Any(), $"parts can still be read: {string.Join(", ", left)}");
    }

    private static async Task<List<string>> PartNamesAsync(Run run) =>
        await run.World.Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, PartsPrefix, run.Ending)
            .Select(static blob => blob.Name)
            .ToListAsync(run.Ending);

    private static Task<Reply> FinalAsync(Run run, List<UploadClient> parts) => run.SendAsync(
        HttpMethod.Post, "/api/files", null,
        ("Tus-Resumable", "1.0.0"),
        ("Upload-Concat", $"final;{string.Join(' ', parts.Select(static part => part.Path))}"),
        ("Upload-Metadata", $"filename {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(run.Token))}"));
}
