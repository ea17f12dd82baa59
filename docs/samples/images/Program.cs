using System.Buffers.Binary;
using Sluice.AspNetCore;
using Sluice.Failures;

const int MaxPixels = 10_000; // a side

var extensions = new Dictionary<string, string> { ["image/png"] = "png", ["image/jpeg"] = "jpg", ["image/webp"] = "webp" };

// What Sluice checks: 413 for more bytes, 415 for another type, whether a client declares it or the first bytes show it.
var policy = new UploadPolicy
{
    MaxBytes = 10_000_000,
    MediaTypes = new() { Allow = { "image/png", "image/jpeg", "image/webp" }, RefuseContradiction = true },
    CreateOnly = true,
};

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSluice(builder.Configuration);

var app = builder.Build();
app.UseSluiceLimits();
app.MapPost("/images", StoreAsync);
app.Run();

async Task<IResult> StoreAsync(HttpRequest request, SluiceUploads uploads, CancellationToken cancellationToken)
{
    // The first bytes, at most 8 KiB. Nothing is consumed: StoreAsync still reads the body from its beginning.
    var peek = await uploads.PeekAsync(request, cancellationToken);
    if (peek.Failure is { } failure)
        return uploads.Problem(failure);

    // Before the policy does: a reason in the app's own words, and the extension of the name. As a problem of Sluice's, and not a bare
    // result, it reads what is left of the body, so that the client sees the answer.
    if (!extensions.TryGetValue(peek.MediaType ?? "", out var extension))
    {
        var reason = $"PNG, JPEG and WebP images are accepted. This is {peek.MediaType ?? "an empty body"}.";
        return uploads.Problem(new Failure(FailureKind.MediaTypeRefused, Phase.Peek, reason));
    }

    // What no policy knows: a small file can be a picture that is too large to decode.
    if (extension == "png" && LongestSide(peek.FirstBytes.Span) is > MaxPixels and var side)
    {
        var reason = $"The image has a side of {side} pixels; {MaxPixels} are accepted.";
        return uploads.Problem(new Failure(FailureKind.RouteRefused, Phase.Peek, reason) { Status = 422 });
    }

    var name = $"{DateTime.UtcNow:yyyy/MM/dd}/{Guid.NewGuid():N}.{extension}";
    var stored = await uploads.StoreAsync(request, "images", name, policy, cancellationToken);
    return stored.Receipt is { } receipt
        ? TypedResults.Json(new { receipt.Name, receipt.Bytes, receipt.StoredMediaType, receipt.Digests }, statusCode: 201)
        : stored; // a problem: too large, contradictory, cut off, or storage is down
}

// Width and height are in the first chunk of a PNG, which is always IHDR.
static uint LongestSide(ReadOnlySpan<byte> png) =>
    png.Length < 24 ? 0 : Math.Max(BinaryPrimitives.ReadUInt32BigEndian(png[16..]), BinaryPrimitives.ReadUInt32BigEndian(png[20..]));
