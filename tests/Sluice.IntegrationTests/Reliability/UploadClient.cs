using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.IntegrationTests.Reliability;

/// <summary>
/// A client of resumable uploads, in both dialects, which believes what it is told and checks it: an offset that was reported never
/// decreases, and what is complete stays complete.
/// </summary>
internal sealed class UploadClient(Run run, bool http, bool checks, byte[] body)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private readonly bool _partial;
    private long _progress = Stopwatch.GetTimestamp();
    private string? _path;
    private int _lies;

    public UploadClient(Run run, byte[] part)
        : this(run, http: false, checks: false, part) => _partial = true;

    /// <summary>The highest offset that was reported.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether it was said to be complete.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether a request that creates it and brings all of it was sent whole, and not answered.</summary>
    public bool IsDoubled { get; private set; }

    /// <summary>What its blob is called, once that was said.</summary>
    public string? Blob { get; private set; }

    /// <summary>Where it is.</summary>
    public string Path => _path!;

    /// <summary>Creates it; one whose creation was not answered is forgotten, and another one is created.</summary>
    public async Task CreateAsync(int bytes)
    {
        var completes = http && bytes == body.Length;
        var reply = await run.UntilAnsweredAsync(async () =>
        {
            var reply = await CreateOnceAsync(bytes, completes);
            IsDoubled |= reply is { Status: 0 or >= 500, IsWhole: true } && bytes == body.Length;
            return reply;
        });
        run.Check(reply.Status is 201, $"not created: {reply.Said}");
        if (completes)
        {
            // Of an upload that is complete with its creation the answer is the blob's.
            (IsComplete, Offset, Blob) = (true, body.Length, BlobOf(reply.Header("Location")));
            return;
        }

        _path = reply.Header("Location") ?? throw run.Violated("created, and nobody says where");
        Hear(reply, bytes == 0 ? 0 : null);
    }

    /// <summary>Sends the next bytes once, and asks how far it is if that fails.</summary>
    public async Task AppendAsync(int bytes)
    {
        var (offset, count) = Next(bytes);
        var reply = await AppendOnceAsync(bytes);
        if (reply.IsSuccess)
        {
            run.Check(reply.Status is 204 || (http && reply.Status is 201), $"{reply.Said} of an append");
            Hear(reply, offset + count);
            _progress = Stopwatch.GetTimestamp();
            return;
        }

        run.Check(Stopwatch.GetElapsedTime(_progress) < _patience, $"{reply.Said} of every append for {_patience.TotalSeconds} s");

        // 400: what this client has missed, the server knows to be complete.
        run.Check(reply.IsToBeRepeated || reply.Said == "400 completed-upload" || run.MayLie, $"{reply.Said} of an append");
        await FindAsync();
        if (!checks && reply is { IsWhole: false, ArrivedBytes: { } arrived })
            await run.UntilAsync(
                FindAsync, () => Offset >= offset + arrived, $"of {arrived} bytes from {offset} that arrived, not all are kept");
    }

    /// <summary>Sends the next bytes once.</summary>
    public Task<Reply> AppendOnceAsync(int bytes)
    {
        var (offset, count) = Next(bytes);
        var completes = http && offset + count == body.Length;
        return SendAsync(
            HttpMethod.Patch,
            Content(offset, count, http ? "application/partial-upload" : "application/offset+octet-stream"),
            Declared(
                offset, count,
                [
                    ("Upload-Offset", Number(offset)), .. http
                        ? [("Upload-Complete", completes ? "?1" : "?0")]
                        : (ReadOnlySpan<(string, string)>)[]
                ]));
    }

    /// <summary>Asks how far it is until that is said.</summary>
    public async Task FindAsync()
    {
        if (_path is null)
            return;
        var reply = await run.UntilAnsweredAsync(async () =>
        {
            var reply = await SendAsync(HttpMethod.Head, null);

            // Storage said that there is no such blob: it may say something else the next time.
            return reply.Status is 404 or 410 && IsPerhapsALie() ? Reply.None(new IOException()) : reply;
        });
        run.Check(reply.Status is 200 or 204, $"{reply.Said} of an upload that is there");
        Hear(reply, null);
    }

    /// <summary>Sends a request to where it is.</summary>
    public Task<Reply> SendAsync(HttpMethod method, HttpContent? content, params (string, string)[] headers) =>
        run.SendAsync(method, Path, content, http ? headers : [("Tus-Resumable", "1.0.0"), .. headers]);

    private Task<Reply> CreateOnceAsync(int bytes, bool completes) => http
        ? run.SendAsync(HttpMethod.Post, "/api/files", Content(0, bytes, "image/x-raw"), Declared(0, bytes,
            [
                ("Upload-Complete", completes ? "?1" : "?0"), ("Upload-Length", Number(body.Length)),
                ("Content-Disposition", $"attachment; filename=\"{run.Token}\"")
            ]))
        : run.SendAsync(
            HttpMethod.Post, "/api/files", bytes == 0 ? null : Content(0, bytes, "application/offset+octet-stream"), Declared(0, bytes,
                [
                    ("Tus-Resumable", "1.0.0"), ("Upload-Length", Number(body.Length)),
                    .. _partial ? [("Upload-Concat", "partial")] : (ReadOnlySpan<(string, string)>)[], ("Upload-Metadata", Metadata())
                ]));

    private bool IsPerhapsALie() => run.MayLie && ++_lies <= Run.MostLies;

    private (int Offset, int Count) Next(int bytes) => ((int)Offset, (int)Math.Min(bytes, body.Length - Offset));

    private void Hear(Reply reply, long? meant)
    {
        var offset = reply.Offset ?? (reply.Header("Upload-Complete") == "?1" ? body.Length : meant)
            ?? throw run.Violated($"{reply.Said} without an offset");

        // A list of blocks that was changed on its way has another end: nobody can know, and the next one is right again.
        if (offset < Offset && meant is null && IsPerhapsALie())
            return;
        run.Check(offset >= Offset, $"offset {offset} after {Offset}");
        run.Check(offset <= body.Length, $"offset {offset} of {body.Length}");
        run.Check(meant is null || offset == meant, $"offset {offset} instead of {meant}");
        run.Check(!IsComplete || offset == body.Length, "it was complete");
        Offset = offset;
        IsComplete = http ? reply.Header("Upload-Complete") == "?1" : offset == body.Length;
        Blob ??= BlobOf(reply.Header("Content-Location") ?? (http && IsComplete ? reply.Header("Location") : null));
    }

    private string? BlobOf(string? path) => path is null ? null : Uri.UnescapeDataString(path[run.PathOf("").Length..]);

    private HttpContent Content(int offset, int count, string mediaType) => run.Content(body[offset..(offset + count)], mediaType);

    private (string, string)[] Declared(int offset, int count, (string, string)[] headers)
    {
        if (!checks)
            return headers;
        var part = body.AsSpan(offset, count);
        return http
            ? [
                .. headers, ("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(part))}:"), .. _path is null
                    ? [("Repr-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:")]
                    : (ReadOnlySpan<(string, string)>)[]]
            : count == 0 ? headers : [.. headers, ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(part))}")];
    }

    private string Metadata() =>
        $"filename {Base64(run.Token)}{(checks ? $",sha256 {Base64(Convert.ToHexStringLower(SHA256.HashData(body)))}" : "")}";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
