using System.Net.Http.Headers;
using System.Text.Json;

namespace Sluice.IntegrationTests.Reliability.Ways;

/// <summary>A form with several files.</summary>
/// <param name="atomic">Whether none is to be visible unless all are good.</param>
internal sealed class FormWay(bool atomic) : Way
{
    public override string Name => atomic ? "form, atomic" : "form";

    public override async Task RunAsync(Run run)
    {
        var files = Files(run);
        var before = new byte[]?[files.Count];
        if (run.Random.Next(2) == 0)
            before[^1] = await run.SeedAsync(NameOf(run, files.Count - 1));

        var reply = await PostAsync(run, files);

        await run.SettledAsync();
        run.Check(
            reply.Status is 0 or 201 or 207 or >= 500 || reply.BlamesClient || (reply.Status == 409 && run.MayConflict),
            $"{reply.Said} of a form that is right");
        foreach (var (at, file) in files.Index())
        {
            var visible = await run.VisibleAsync(NameOf(run, at));
            var isNew = Run.Same(visible, file);
            run.Check(isNew || Run.Same(visible, before[at]), $"file {at} is neither the old one nor the new one");
            run.Check(!isNew || reply.IsWhole || !atomic, $"file {at} of an atomic form is visible, and the form was not whole");
            var said = reply.Status == 207 ? StatusOf(reply.Json().GetProperty("files"), at) : reply.Status;
            run.Check(said is 0 or >= 500 || isNew == (said == 201), $"{said} of file {at}, which is {(isNew ? "" : "not ")}there");
        }

        await AssertOnlyAsync(run, files.Count);

        // Whatever happened, the next one finds nothing in its way.
        files = Files(run, files.Count);
        reply = await run.UntilAnsweredAsync(() => PostAsync(run, files), static reply => reply.Status == 207);
        run.Check(reply.Status == 201, $"{reply.Said} of the next form");
        foreach (var (at, file) in files.Index())
            run.Check(Run.Same(await run.VisibleAsync(NameOf(run, at)), file), $"file {at} of the next form is another");
    }

    private static List<byte[]> Files(Run run, int count = 0) =>
        [
            .. Enumerable.Range(0, count > 0 ? count : run.Random.Next(1, 4))
                .Select(_ => run.Bytes(run.Random.Next(3) == 0 ? 1_000 : run.Random.Next(1, 200_000)))
        ];

    private static async Task AssertOnlyAsync(Run run, int files)
    {
        var others = (await run.NamesAsync()).Except(Enumerable.Range(0, files).Select(at => NameOf(run, at)));
        run.Check(!others.Any(), $"there are others than the files: {string.Join(", ", others)}");
    }

    private async Task<Reply> PostAsync(Run run, List<byte[]> files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (at, file) in files.Index())
        {
            var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(content, "file", $"file-{at}");
        }

        return await run.SendAsync(
            HttpMethod.Post, $"/api/blobs/{run.World.Container.Name}?prefix={run.Token}{(atomic ? "&atomic=true" : "")}", form);
    }

    // A form that broke off is told of as far as it was read.
    private static int StatusOf(JsonElement files, int at) =>
        at < files.GetArrayLength() ? files[at].GetProperty("status").GetInt32() : 400;

    private static string NameOf(Run run, int at) => $"{run.Token}/file-{at}";
}
