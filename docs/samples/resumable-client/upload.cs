#!/usr/bin/env dotnet
#:property PublishAot=false

// Uploads a file to Sluice in parts, by tus 1.0.0. Whatever breaks, it asks how much has arrived, and sends the rest.
//
//   dotnet run upload.cs film.mp4 http://localhost:7071/api/files
//
// Needs the .NET 10 SDK. SLUICE_KEY is sent as x-functions-key, SLUICE_PART_BYTES is the size of a part (16 MiB).
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

const int Attempts = 10; // in a row, without any progress

if (args is not [var path, var endpoint])
{
    Console.Error.WriteLine("usage: dotnet run upload.cs FILE http://HOST/api/files");
    return 2;
}

var partBytes = int.Parse(Environment.GetEnvironmentVariable("SLUICE_PART_BYTES") ?? "16777216", CultureInfo.InvariantCulture);
using var client = new HttpClient();
client.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
if (Environment.GetEnvironmentVariable("SLUICE_KEY") is { } key)
    client.DefaultRequestHeaders.Add("x-functions-key", key);

await using var file = File.OpenRead(path);
// The server publishes the blob only if its bytes have this digest.
var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
var metadata = $"filename {Base64(Path.GetFileName(path))},sha256 {Base64(digest)}";
var answer = await SendAsync(HttpMethod.Post, new Uri(endpoint), null, ("Upload-Length", $"{file.Length}"), ("Upload-Metadata", metadata));
var upload = new Uri(new Uri(endpoint), answer.Location!);

var (reached, failures) = (0L, 0);
for (long? offset = 0; offset != file.Length;)
{
    try
    {
        answer = offset is { } known ? await AppendAsync(known) : await SendAsync(HttpMethod.Head, upload, null);
        offset = answer.Offset;
        (reached, failures) = answer.Offset > reached ? (answer.Offset, 0) : (reached, failures);
    }
    catch (Exception e) when (IsTemporary(e) && ++failures < Attempts)
    {
        Console.Error.WriteLine($"{e.Message} Asking how much has arrived.");
        await Task.Delay(TimeSpan.FromSeconds(failures));
        offset = null;
    }
}

Console.WriteLine($"stored and verified: {new Uri(upload, answer.Stored!)}");
return 0;

async Task<Answer> AppendAsync(long offset)
{
    var part = new byte[Math.Min(partBytes, file.Length - offset)];
    file.Position = offset;
    await file.ReadExactlyAsync(part);
    var content = new ByteArrayContent(part) { Headers = { ContentType = new("application/offset+octet-stream") } };
    return await SendAsync(HttpMethod.Patch, upload, content, ("Upload-Offset", $"{offset}"));
}

async Task<Answer> SendAsync(HttpMethod method, Uri address, HttpContent? content, params (string Name, string Value)[] headers)
{
    using var request = new HttpRequestMessage(method, address) { Content = content };
    foreach (var (name, value) in headers)
        request.Headers.Add(name, value);
    using var response = await client.SendAsync(request);
    if (!response.IsSuccessStatusCode)
        throw new HttpRequestException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}", null, response.StatusCode);
    var offset = response.Headers.TryGetValues("Upload-Offset", out var values) ? values.Single() : "0";
    return new(long.Parse(offset, CultureInfo.InvariantCulture), response.Headers.Location, response.Content.Headers.ContentLocation);
}

// A broken connection has no status. 409 and 423: another request of this upload is not quite over yet.
static bool IsTemporary(Exception e) => e is HttpRequestException { StatusCode: { } status }
    ? status is >= HttpStatusCode.InternalServerError
        or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.Locked or HttpStatusCode.TooManyRequests
    : e is HttpRequestException or IOException or OperationCanceledException;

static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

internal sealed record Answer(long Offset, Uri? Location, Uri? Stored);
