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
        var files = Enumerable.Range(0, run.Random.Next(1, 4)).Select(_ => run.Bytes(run.Random.Next(3) == 0 ? 1_000 : run.Random.Next(1, 200_000))).ToList();

        var reply = await PostAsync(run, files);

        await run.SettledAsync();
        var names = await run.NamesAsync();
        run.Check(reply.Status is 0 or 201 or 207 or 409 or 412 or >= 500 || reply.BlamesClient, $"{reply.Said} of a form that is right");
        foreach (var (at, file) in files.Index())
        {
            var visible = await run.VisibleAsync(NameOf(run, at));
            run.Check(visible is null || visible.AsSpan().SequenceEqual(file), $"file {at} is visible, and another");
            run.Check(visible is null || reply.IsWhole || !atomic, $"file {at} of an atomic form is visible, and the form was not whole");
            var said = reply.Status == 207 ? StatusOf(reply.Json().GetProperty("files"), at) : reply.Status;
            run.Check(said is 0 or >= 500 || visible is not null == (said == 201), $"{said} of file {at}, which is {(visible is null ? "not " : "")}there");
        }

        run.Check(names.TrueForAll(name => name.StartsWith(NameOf(run, "")[..^1], StringComparison.Ordinal)), "there are others than the files");
        run.Check((await run.UntilAnsweredAsync(() => PostAsync(run, files))).Status is 201 or 207, "the form can't be sent again");
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

        return await run.SendAsync(HttpMethod.Post, $"/api/blobs/{run.World.Container.Name}?prefix={run.Token}{(atomic ? "&atomic=true" : "")}", form);
    }

    // A form that broke off is told of as far as it was read.
    private static int StatusOf(JsonElement files, int at) => at < files.GetArrayLength() ? files[at].GetProperty("status").GetInt32() : 400;

    private static string NameOf(Run run, object at) => $"{run.Token}/file-{at}";
}
