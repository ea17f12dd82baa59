using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>Forms that end before their closing boundary, in bodies that end as they should.</summary>
[Collection<OnFormServer>]
public sealed class FormCutTests(FormServer server)
{
    // A file ends with the delimiter after it: where that is there, and only what makes it the closing one is not, the file is complete.
    [Theory]
    [InlineData(50_000, 0, 1)]
    [InlineData(150_000, 1, 1)]
    [InlineData(150_000, 1, 2)]
    [InlineData(250_000, 2, 1)]
    [InlineData(-5, 2, 1)]
    [InlineData(-4, 3, 1)]
    public async Task The_complete_files_of_a_form_that_is_cut_are_stored_or_none_of_an_atomic_one(int cutAt, int complete, int http)
    {
        var form = new ChromiumForm();
        var contents = Enumerable.Range(0, 3).Select(static i => Payload.Random(100_000 + i)).ToArray();
        for (var i = 0; i < 3; i++)
            form.File("f", $"{i}", contents[i]);
        var bytes = form.ToArray();
        var cut = bytes[..(cutAt < 0 ? bytes.Length + cutAt : cutAt)];
        var prefix = $"cut-{cutAt}-{http}/";

        using var answer = await server.PostAsync(form.Content(cut), $"?prefix={prefix}", http);
        using var atomic = await server.PostAsync(form.Content(cut, sized: true), $"?atomic=true&prefix=atomic-{prefix}", http);

        await ProblemDocument.ExpectAsync(atomic, FailureKind.BodyTruncated, Phase.Transfer);
        Assert.Empty(await server.NamesAsync($"atomic-{prefix}"));
        if (complete == 0)
            await ProblemDocument.ExpectAsync(answer, FailureKind.BodyTruncated, Phase.Transfer);
        else
            Assert.Contains(
                "body-truncated", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(complete == 0 ? 400 : 207, (int)answer.StatusCode);
        Assert.Equal(Enumerable.Range(0, complete).Select(static i => $"{i}"), await server.NamesAsync(prefix));
        for (var i = 0; i < complete; i++)
            Payload.AssertSame(contents[i], await server.ReadAsync($"{prefix}{i}"));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_leaves_the_complete_files()
    {
        Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        var form = new ChromiumForm().File("f", "1", Payload.Random(1_000)).File("f", "2", Payload.Random(100_000));
        using (var connection = await server.ConnectAsync())
        {
            await connection.SendHeadAsync(
                $"POST {server.FormPath("?prefix=leaves")} HTTP/1.1\nContent-Type: {form.MediaType}\nContent-Length: "
                    + $"{form.ToArray().Length}");
            await connection.SendAsync(form.ToArray().AsMemory(0, 50_000));
            while ((await server.NamesAsync("leaves/")).Length == 0)
                await Task.Delay(50, TestContext.Current.CancellationToken);
            connection.Reset();
        }

        using var next = await server.PostAsync(new ChromiumForm().File("f", "3", [1]).Content(), "?prefix=leaves");
        Assert.Equal(["1", "3"], await server.NamesAsync("leaves/"));
    }
}
