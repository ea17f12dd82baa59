using System.Text.Json;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Blobs;

/// <summary>Generated clients encode the slashes of a name. It is the same name, and the server writes it with slashes.</summary>
[Collection<OnBlobServer>]
public sealed class EncodedSlashTests(BlobServer server)
{
    private readonly string _folder = $"{Guid.NewGuid():N}";

    // Once; as Azure's front end needs it to arrive (azure-functions-host #9290); and both at once.
    [Theory]
    [InlineData("a%2Fb%2Fc d.txt")]
    [InlineData("a%2fb/c%20d.txt")]
    [InlineData("a%252Fb%252fc%20d.txt")]
    [InlineData("a/b%252Fc%20d.txt")]
    public async Task A_name_with_encoded_slashes_is_the_one_with_slashes(string encoded)
    {
        var path = $"/api/blobs/{server.Container.Name}/{_folder}%2F{encoded.Replace(" ", "%20", StringComparison.Ordinal)}";
        var name = $"{_folder}/a/b/c d.txt";

        var put = await server.AskAsync(HttpMethod.Put, path, Payload.Content([1, 2]));

        Assert.Equal((201, server.PathOf(name)), (put.Status, put.Header("Location")));
        Assert.Equal(name, JsonElement.Parse(put.Body).GetProperty("name").GetString());
        Assert.Equal([1, 2], await server.VisibleAsync(name));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            var read = await server.AskAsync(method, path);
            Assert.Equal((200, put.Header("ETag")), (read.Status, read.Header("ETag")));
        }

        Assert.Equal(412, (await server.AskAsync(HttpMethod.Post, path, Payload.Content([3]), ("If-None-Match", "*"))).Status);
        Assert.Equal(204, (await server.AskAsync(HttpMethod.Delete, path)).Status);
        Assert.Null(await server.VisibleAsync(name));
    }

    [Theory]
    [InlineData("..%2Fb")]
    [InlineData("%2E%2E%2Fb")]
    [InlineData("..%252Fb")]
    [InlineData("a%2F..%2Fb")]
    [InlineData("a%2F%2Fb")]
    [InlineData("a/%2Fb")]
    [InlineData("%2Fa")]
    [InlineData("a%2F")]
    [InlineData("a.%2Fb")]
    [InlineData("a%5C%2Fb")]
    public async Task An_encoded_slash_leads_nowhere_that_a_slash_does_not(string encoded)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Get, HttpMethod.Delete])
        {
            var answer = await server.AskAsync(
                method, $"/api/blobs/{server.Container.Name}/{encoded}", method == HttpMethod.Put ? Payload.Content([1]) : null);
            Assert.Equal("400 name-invalid", answer.Problem);
        }
    }

    // The percent sign of a name is another matter: it is encoded once, as ever.
    [Fact]
    public async Task A_name_may_have_an_encoded_percent_sign_before_2F()
    {
        var name = $"{_folder}/100%252F";
        var put = await server.AskAsync(HttpMethod.Put, server.PathOf(name), Payload.Content([1]));

        Assert.Equal((201, server.PathOf(name)), (put.Status, put.Header("Location")));
        Assert.Equal([1], await server.VisibleAsync(name));
    }
}
