using System.Net;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Rights;

/// <summary>A resumable upload belongs to the caller who created it.</summary>
[Collection<OnRightsServer>]
public sealed class OwnershipTests(RightsServer server)
{
    private static readonly (string, string) _tus = ("Tus-Resumable", "1.0.0");

    private (string, string) Ann => server.As("ann", ("area", "users"));

    [Theory]
    [InlineData("tus")]
    [InlineData("IETF")]
    public async Task Others_don_t_find_it_and_its_owner_does(string protocol)
    {
        (string, string)[] create = protocol == "tus" ? [_tus, ("Upload-Length", "3")] : [("Upload-Complete", "?0")];
        using var created = await server.SendAsync(
            HttpMethod.Post, "/api/files", Content([], protocol), 1, [Ann, .. create]);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var path = new Uri(server.Address(), created.Headers.Location!).PathAndQuery;
        (string, string)[] spoken = protocol == "tus" ? [_tus] : [];
        foreach (var other in ((string, string)[][])[
            [server.As("bob", ("area", "users"))], [server.As("Ann", ("area", "users"))], RightsServer.Unidentified])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get, HttpMethod.Patch, HttpMethod.Delete])
            {
                using var refused = await server.SendAsync(
                    method, path, method == HttpMethod.Patch ? Content([1], protocol) : null, 1,
                    [.. other, .. spoken, .. method == HttpMethod.Patch ? Append(protocol) : []]);
                if (method == HttpMethod.Head)
                    Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
                else
                    await ProblemDocument.ExpectAsync(refused, FailureKind.UploadUnknown, Phase.Admit);
            }
        }

        using var appended = await server.SendAsync(
            HttpMethod.Patch, path, Content([1, 2, 3], protocol), 1, [Ann, .. spoken, .. Append(protocol)]);
        Assert.True(appended.IsSuccessStatusCode, $"{appended.StatusCode}");
    }

    [Fact]
    public async Task Nobody_makes_a_whole_of_the_parts_of_another()
    {
        using var part = await server.SendAsync(
            HttpMethod.Post, "/api/files", Content([], "tus"), 1, Ann, _tus, ("Upload-Length", "0"), ("Upload-Concat", "partial"));
        Assert.Equal(HttpStatusCode.Created, part.StatusCode);
        foreach (var (id, status) in ((string, int)[])[("bob", 404), ("ann", 201)])
        {
            using var whole = await server.SendAsync(
                HttpMethod.Post, "/api/files", Content([], "tus"), 1, server.As(id, ("area", "users")), _tus,
                ("Upload-Concat", $"final;{part.Headers.Location}"));
            Assert.Equal(status, (int)whole.StatusCode);
        }
    }

    private static ByteArrayContent Content(byte[] bytes, string protocol)
    {
        var content = new ByteArrayContent(bytes);
        if (bytes.Length > 0)
            content.Headers.ContentType = new(protocol == "tus" ? "application/offset+octet-stream" : "application/partial-upload");
        return content;
    }

    private static (string, string)[] Append(string protocol) => protocol == "tus"
        ? [("Upload-Offset", "0")]
        : [("Upload-Offset", "0"), ("Upload-Complete", "?1"), ("Upload-Draft-Interop-Version", "8")];
}
