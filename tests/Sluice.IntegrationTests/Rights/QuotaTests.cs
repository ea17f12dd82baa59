using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Rights;

/// <summary>How many bytes a caller may send a day, counted in storage.</summary>
[Collection<OnRightsServer>]
public sealed class QuotaTests(RightsServer server)
{
    private readonly string _id = $"{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private (string, string) Metered => server.As(_id, ("plan", "small"), ("area", "metered"));

    [Fact]
    public async Task Bytes_of_known_and_unknown_length_count_for_the_day()
    {
        await ExpectAsync(600, sized: true, null);
        var refused = await ExpectAsync(401, sized: true, FailureKind.QuotaExceeded);
        Assert.Equal(RightsServer.BytesPerDay, refused!.LimitBytes);
        await ExpectAsync(300, sized: false, null);
        // More than is left: what arrived counts, although it is not stored.
        await ExpectAsync(101, sized: false, FailureKind.QuotaExceeded, Phase.Transfer);
        await ExpectAsync(1, sized: true, FailureKind.QuotaExceeded);
        await ExpectAsync(1, sized: false, FailureKind.QuotaExceeded);
        Assert.Equal(1_001, await CountAsync());
    }

    [Fact]
    public async Task Another_caller_has_a_count_of_its_own()
    {
        await ExpectAsync(RightsServer.BytesPerDay, sized: true, null);
        using var other = await server.PutAsync(
            $"metered/{_id}-2/a", Payload.Content(new byte[RightsServer.BytesPerDay]), server.As($"{_id}-2", ("plan", "small")));
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
    }

    [Fact]
    public async Task As_many_pass_at_the_same_time_as_one_after_another()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(index =>
            server.PutAsync($"metered/{_id}/{index}", Payload.Content(new byte[100]), Metered)));

        Assert.Equal(
            (10, 4),
            (answers.Count(static answer => answer.StatusCode == HttpStatusCode.Created),
                answers.Count(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests)));
        Assert.All(
            answers.Where(static answer => answer.StatusCode == HttpStatusCode.TooManyRequests),
            static answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
        foreach (var answer in answers)
            answer.Dispose();
        Assert.Equal(RightsServer.BytesPerDay, await CountAsync());
    }

    [Fact]
    public async Task Each_request_of_a_resumable_upload_counts()
    {
        using var created = await SendAsync(HttpMethod.Post, "/api/files", [], ("Upload-Length", "2000"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var path = created.Headers.Location!.ToString();
        using var first = await SendAsync(HttpMethod.Patch, path, new byte[600], ("Upload-Offset", "0"));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using var second = await SendAsync(HttpMethod.Patch, path, new byte[600], ("Upload-Offset", "600"));
        await ProblemDocument.ExpectAsync(second, FailureKind.QuotaExceeded, Phase.Admit);
        using var third = await SendAsync(HttpMethod.Patch, path, new byte[400], ("Upload-Offset", "600"));
        Assert.Equal(HttpStatusCode.NoContent, third.StatusCode);
        Assert.Equal(RightsServer.BytesPerDay, await CountAsync());
    }

    [Fact]
    public async Task A_body_that_is_too_much_is_not_asked_for()
    {
        var wasAsked = false;
        await ExpectAsync(RightsServer.BytesPerDay, sized: true, null);
        using var content = new UnsizedContent(async stream =>
        {
            wasAsked = true;
            await stream.WriteAsync(new byte[1], Token);
        });
        using var answer = await server.PutAsync($"metered/{_id}/b", content, Metered, ("Expect", "100-continue"));

        await ProblemDocument.ExpectAsync(answer, FailureKind.QuotaExceeded, Phase.Admit);
        Assert.False(wasAsked);
    }

    // What fits stays, and the upload can be continued on another day.
    [Theory]
    [InlineData("tus")]
    [InlineData("IETF")]
    public async Task A_resumable_upload_survives_the_end_of_its_day(string protocol)
    {
        var isTus = protocol == "tus";
        (string, string)[] spoken = isTus ? [("Tus-Resumable", "1.0.0")] : [("Upload-Draft-Interop-Version", "8")];
        using var created = await server.SendAsync(
            HttpMethod.Post, "/api/files", new ByteArrayContent([]), 1,
            [Metered, .. spoken, ("Upload-Length", "2000"), .. isTus ? [] : ((string, string)[])[("Upload-Complete", "?0")]]);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var path = new Uri(server.Address(), created.Headers.Location!).PathAndQuery;
        using var content = Payload.Content(new byte[1_500], sized: false);
        content.Headers.ContentType = new(isTus ? "application/offset+octet-stream" : "application/partial-upload");
        using var appended = await server.SendAsync(
            HttpMethod.Patch, path, content, 1,
            [Metered, .. spoken, ("Upload-Offset", "0"), .. isTus ? [] : ((string, string)[])[("Upload-Complete", "?0")]]);
        await ProblemDocument.ExpectAsync(appended, FailureKind.QuotaExceeded, Phase.Transfer);
        using var found = await server.SendAsync(HttpMethod.Head, path, null, 1, [Metered, .. spoken]);
        Assert.True(found.IsSuccessStatusCode, $"{found.StatusCode}");
    }

    // Bodies that are never read are counted before, and given back.
    [Fact]
    public async Task What_did_not_arrive_is_given_back()
    {
        Hosts.DifferIn(HostDifference.DeclaredLengthIsReadFirst);
        using var bound = await server.PutAsync($"metered/{_id}/a", Payload.Content(new byte[100]), Metered);
        Assert.Equal(HttpStatusCode.Created, bound.StatusCode);
        using (var connection = await server.ConnectAsync())
        {
            var (name, value) = Metered;
            await connection.SendHeadAsync(
                $"PUT {server.PathOf($"metered/{_id}/b")} HTTP/1.1\n{name}: {value}\nContent-Type: a/b\nContent-Length: 900");
            await connection.SendAsync("some");
            await UntilAsync(1_000).WaitAsync(SluiceFixture.Patience, Token);
        }

        // It was only looked at, and nothing of it was sent to storage.
        await UntilAsync(100).WaitAsync(SluiceFixture.Patience, Token);
    }

    private async Task<ProblemDocument?> ExpectAsync(int bytes, bool sized, FailureKind? failure, Phase phase = Phase.Admit)
    {
        using var answer = await server.PutAsync($"metered/{_id}/a", Payload.Content(new byte[bytes], sized), Metered);
        if (failure is { } kind)
            return await ProblemDocument.ExpectAsync(answer, kind, phase);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return null;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[] body, (string, string) header)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/offset+octet-stream");
        return server.SendAsync(method, path, content, 1, Metered, ("Tus-Resumable", "1.0.0"), header);
    }

    private async Task UntilAsync(long bytes)
    {
        while (await CountAsync() != bytes)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
    }

    private async Task<long> CountAsync()
    {
        var kind = TestedHost.IsFunctions ? "principal" : "token";
        var hash = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"metered\n{kind}:{_id}")));
        await foreach (var blob in server.Counts.GetBlobsAsync(
            new GetBlobsOptions { Traits = BlobTraits.Metadata }, Token))
        {
            if (blob.Name.EndsWith(hash, StringComparison.Ordinal))
                return long.Parse(blob.Metadata["bytes"], CultureInfo.InvariantCulture);
        }

        return 0;
    }
}
