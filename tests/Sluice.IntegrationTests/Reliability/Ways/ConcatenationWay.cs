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

        var first = await run.UntilAnsweredAsync(() => FinalAsync(run, parts));
        run.Check(first.Status == 201, $"{first.Said} of the whole");
        await run.SettledAsync();
        var again = await run.UntilAnsweredAsync(() => FinalAsync(run, parts));
        run.Check(again.Status == 201 && again.Header("Location") == first.Header("Location"), $"{again.Said} at {again.Header("Location")}, the second time");

        var names = await run.NamesAsync();
        run.Check(names is [_], $"there are {names.Count} blobs instead of the whole");
        run.Check((await run.VisibleAsync(names[0]))!.AsSpan().SequenceEqual(whole.ToArray()), "the whole is another");
        var left = await run.World.Container.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, PartsPrefix, run.Ending).CountAsync(run.Ending);
        run.Check(left == 0, "a part can still be read");
    }

    private static Task<Reply> FinalAsync(Run run, List<UploadClient> parts) => run.SendAsync(
        HttpMethod.Post, "/api/files", null,
        ("Tus-Resumable", "1.0.0"),
        ("Upload-Concat", $"final;{string.Join(' ', parts.Select(static part => part.Path))}"),
        ("Upload-Metadata", $"filename {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(run.Token))}"));
}
