using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Resumable;
using Sluice.AspNetCore.Routes;
using Sluice.Settings;

namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// The requests that a worker runs before it accepts traffic, over real connections: uploads of one block and of several, in both framings,
/// one that is refused at its last byte, and a few reads; also relays, rules, webhooks and resumable uploads, if any are configured.
/// </summary>
internal sealed class WarmUpRun(
    WarmUpEnvironment environment, IOptions<RelayOptions> relay, IOptions<List<RouteOptions>> routes, IOptions<WebhookOptions> hooks,
    IOptions<ResumableOptions> resumable)
{
    private const string Blob = $"/{SluiceRoutes.Prefix}/blobs/{WarmUpEnvironment.Name}/x";

    public Task RunAsync(CancellationToken cancellationToken) =>
        environment.RunWithAsync(client => RunAsync(client, cancellationToken), cancellationToken);

    private async Task RunAsync(HttpClient client, CancellationToken cancellationToken)
    {
        // The warm-up must not appear in any traces.
        using var unsampled = new Activity(WarmUpEnvironment.Name).Start();
        // Alone, so that two threads do not compile what both need. What is left differs, so a second core does one of the two meanwhile.
        await SendAsync(client, Put(Blob, 1, chunked: true), HttpStatusCode.Created, cancellationToken);
        await Task.WhenAll(UploadAsync(client, cancellationToken), ReadAsync(client, cancellationToken));
    }

    private async Task UploadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var several = 3 * environment.BlockBytes;
        foreach (var path in Paths())
        {
            foreach (var bytes in (int[])[1, several])
            {
                await SendAsync(client, Put(path, bytes, chunked: true), HttpStatusCode.Created, cancellationToken);
                await SendAsync(client, Put(path, bytes, chunked: false), HttpStatusCode.Created, cancellationToken);
            }

            var refused = Put(path, several, chunked: true);
            refused.Content!.Headers.Add("Content-Digest", $"sha-256=:{Convert.ToBase64String(new byte[SHA256.HashSizeInBytes])}:");
            await SendAsync(client, refused, HttpStatusCode.BadRequest, cancellationToken);
        }

        if (hooks.Value.Sources.Count > 0)
        {
            await SendAsync(client, Delivery(several, WarmUpEnvironment.Secret), HttpStatusCode.Created, cancellationToken);
            await SendAsync(client, Delivery(several, "forged"), HttpStatusCode.Unauthorized, cancellationToken);
        }

        if (resumable.Value.Keys.Count > 0)
        {
            await ResumeAsync(client, several, cancellationToken);
        }
    }

    private static async Task ReadAsync(HttpClient client, CancellationToken cancellationToken)
    {
        await SendAsync(client, new HttpRequestMessage(HttpMethod.Head, Blob), HttpStatusCode.OK, cancellationToken);
        await SendAsync(client, new HttpRequestMessage(HttpMethod.Get, Blob), HttpStatusCode.OK, cancellationToken);
        await SendAsync(
            client, new HttpRequestMessage(HttpMethod.Get, $"/{SluiceRoutes.Prefix}/blobs/nowhere/x"), HttpStatusCode.NotFound,
            cancellationToken);
        var peeked = new HttpRequestMessage(HttpMethod.Post, $"/{SluiceRoutes.Prefix}/{SluiceRoutes.Peek}") { Content = new Zeros(100) };
        await SendAsync(client, peeked, HttpStatusCode.OK, cancellationToken);
    }

    // What is not configured is not warmed up: it would cost start-up time, and without it its code stays out of memory.
    private IEnumerable<string> Paths()
    {
        yield return Blob;
        if (relay.Value.Targets.Count > 0)
        {
            yield return $"/{SluiceRoutes.Prefix}/relay/{WarmUpEnvironment.Name}/x";
        }

        if (routes.Value.Count > 0)
        {
            yield return $"/{SluiceRoutes.Prefix}/ingest/x";
        }
    }

    private static HttpRequestMessage Put(string path, int bytes, bool chunked) =>
        new(HttpMethod.Put, path) { Content = new Zeros(bytes), Headers = { TransferEncodingChunked = chunked } };

    private static HttpRequestMessage Delivery(int bytes, string secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        foreach (var piece in Zeros.Pieces(bytes))
        {
            mac.AppendData(piece.Span);
        }

        var signature = Convert.ToHexStringLower(mac.GetHashAndReset());
        return new(HttpMethod.Post, $"/{SluiceRoutes.Prefix}/hooks/{WarmUpEnvironment.Name}")
        {
            Content = new Zeros(bytes),
            Headers = { { "X-GitHub-Delivery", "x" }, { "X-Hub-Signature-256", $"sha256={signature}" } },
        };
    }

    // In two appends, one in each framing, with a status request between them.
    private static async Task ResumeAsync(HttpClient client, int bytes, CancellationToken cancellationToken)
    {
        const string Files = $"/{SluiceRoutes.Prefix}/{SluiceRoutes.Files}";
        var upload = await SendAsync(
            client, Tus(HttpMethod.Post, Files, UploadHeaders.Length, 2 * bytes), HttpStatusCode.Created, cancellationToken);
        await SendAsync(client, Part(0, chunked: true), HttpStatusCode.NoContent, cancellationToken);
        await SendAsync(client, Tus(HttpMethod.Head, upload!, UploadHeaders.Offset, bytes), HttpStatusCode.OK, cancellationToken);
        await SendAsync(client, Part(bytes, chunked: false), HttpStatusCode.NoContent, cancellationToken);

        HttpRequestMessage Part(int offset, bool chunked)
        {
            var part = Tus(HttpMethod.Patch, upload!, UploadHeaders.Offset, offset);
            part.Content = new Zeros(bytes) { Headers = { ContentType = new(TusRequest.MediaType) } };
            part.Headers.TransferEncodingChunked = chunked;
            return part;
        }
    }

    private static HttpRequestMessage Tus(HttpMethod method, string path, string field, int value) =>
        new(method, path) { Headers = { { UploadHeaders.TusResumable, TusRequest.Version }, { field, $"{value}" } } };

    // Returns the response's Location.
    private static async Task<string?> SendAsync(
        HttpClient client, HttpRequestMessage request, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var _ = request;
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != expected)
        {
            throw new HttpRequestException($"{request.Method} {request.RequestUri} was answered with {(int)answer.StatusCode}.");
        }

        await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
        return answer.Headers.Location?.OriginalString;
    }
}
