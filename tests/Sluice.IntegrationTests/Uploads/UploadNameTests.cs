using System.Net;
using System.Text.Json;
using Sluice.Failures;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Uploads;

/// <summary>Which names a blob can have, and that each leads back to it.</summary>
[Collection<OnUploadServer>]
public sealed class UploadNameTests(UploadServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.bin")]
    [InlineData("with space.txt")]
    [InlineData(" space around ")]
    [InlineData("100%.txt")]
    [InlineData("a%20b.txt")]
    [InlineData("50%25 off")]
    [InlineData("%41")]
    [InlineData("a+b.txt")]
    [InlineData("a#b.txt")]
    [InlineData("a?b=c.txt")]
    [InlineData("a&b=c;d,e@f:g!$'()*~[]{}|^`\"<>.txt")]
    [InlineData("ünïcödé/日本語/😀.txt")]
    [InlineData(".hidden/..x/...y/y..z")]
    [InlineData("api/blobs/peek")]
    [InlineData("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/33/34/35/36/37/38/39/40")]
    public async Task A_blob_is_found_under_its_name_and_its_location(string name)
    {
        var payload = Payload.Random(20);

        using var put = await server.PutAsync(name, Payload.Content(payload));

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(name, JsonElement.Parse(await put.Content.ReadAsStringAsync(Token)).GetProperty("name").GetString());
        var stored = await server.Container.GetBlobClient(name).DownloadContentAsync(Token);
        Payload.AssertSame(payload, stored.Value.Content.ToArray());
        using var get = await server.SendAsync(HttpMethod.Get, put.Headers.Location!.OriginalString);
        Payload.AssertSame(payload, await get.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('ü')]
    [InlineData('語')]
    public async Task A_name_may_have_1024_characters(char character)
    {
        if (!char.IsAscii(character))
            Hosts.DifferIn(HostDifference.RequestLine);
        using var put = await server.PutAsync(new string(character, 1024), Payload.Content([1]));

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("a/%2E%2e/b")]
    [InlineData("./b")]
    public async Task Dot_segments_are_resolved_before_the_name_is_read_and_Location_says_so(string path)
    {
        using var put = await server.SendAsync(HttpMethod.Put, server.PathOf("") + path, Payload.Content([1]));

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal(server.PathOf("b"), put.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a.")]
    [InlineData("a./b")]
    [InlineData("a/.../b")]
    [InlineData("..%2Fb")]
    [InlineData("%2E%2E%2Fb")]
    [InlineData("a%5Cb")]
    [InlineData("..%5C..%5Cb")]
    [InlineData("a%01")]
    [InlineData("a%0D%0Ab")]
    [InlineData("a%7Fb")]
    [InlineData("a%C2%85b")]
    [InlineData("a%EF%BF%BE")]
    public async Task A_name_that_could_be_read_in_two_ways_is_refused(string path)
    {
        if (path.StartsWith('/'))
            Hosts.DifferIn(HostDifference.EmptySegments);
        foreach (var verb in (HttpMethod[])[HttpMethod.Put, HttpMethod.Post, HttpMethod.Get])
        {
            var content = verb == HttpMethod.Get ? null : Payload.Content([1]);
            using var answer = await server.SendAsync(verb, server.PathOf("") + path, content);
            await ProblemDocument.ExpectAsync(answer, FailureKind.NameInvalid, Phase.Admit);
        }
    }

    // What is posted there is a form, and what is got there is a list, which is not open.
    [Theory]
    [InlineData("PUT", "", FailureKind.NameInvalid)]
    [InlineData("PUT", "/", FailureKind.NameInvalid)]
    [InlineData("DELETE", "", FailureKind.MethodRefused)]
    [InlineData("GET", "", FailureKind.MethodRefused)]
    [InlineData("GET", "/", FailureKind.MethodRefused)]
    [InlineData("POST", "/", FailureKind.MediaTypeRefused)]
    public async Task A_name_that_is_missing_is_refused(string verb, string end, FailureKind kind)
    {
        using var answer = await server.SendAsync(
            HttpMethod.Parse(verb), $"/api/blobs/{server.Container.Name}{end}", verb is "GET" or "DELETE" ? null : Payload.Content([1]));

        await ProblemDocument.ExpectAsync(answer, kind, Phase.Admit);
    }

    [Fact]
    public async Task A_name_that_is_too_long_or_has_too_many_parts_is_refused()
    {
        foreach (var name in (string[])[new string('x', 1025), string.Join('/', Enumerable.Repeat("x", 255))])
        {
            using var answer = await server.PutAsync(name, Payload.Content([1]));
            await ProblemDocument.ExpectAsync(answer, FailureKind.NameInvalid, Phase.Admit);
        }
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("$root")]
    [InlineData("TEST")]
    public async Task A_container_that_is_not_open_here_is_not_found(string container)
    {
        foreach (var verb in (HttpMethod[])[HttpMethod.Put, HttpMethod.Post, HttpMethod.Get])
        {
            var content = verb == HttpMethod.Get ? null : Payload.Content([1]);
            using var answer = await server.SendAsync(verb, $"/api/blobs/{container}/a", content);
            await ProblemDocument.ExpectAsync(answer, FailureKind.ContainerUnknown, Phase.Admit);
        }
    }

    [Fact]
    public async Task Dot_segments_lead_into_no_container_that_is_not_open()
    {
        using var answer = await server.SendAsync(HttpMethod.Put, server.PathOf("") + "../elsewhere/a", Payload.Content([1]));

        await ProblemDocument.ExpectAsync(answer, FailureKind.ContainerUnknown, Phase.Admit);
    }
}
