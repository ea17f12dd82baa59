using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Samples;

/// <summary>docs/samples/images: an app that stores images and nothing else.</summary>
public sealed class ImagesSampleTests(ImagesApp app) : IClassFixture<ImagesApp>
{
    private const int MaxBytes = 10_000_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("image/png", "png")]
    [InlineData("image/jpeg", "jpg")]
    [InlineData("image/webp", "webp")]
    [InlineData(null, "png")]
    public async Task An_image_is_stored_whether_its_type_is_declared_or_not(string? declared, string extension)
    {
        var image = Image(extension, MaxBytes);
        using var answer = await PostAsync(image, declared);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var name = receipt.GetProperty("name").GetString()!;
        Assert.EndsWith($".{extension}", name, StringComparison.Ordinal);
        Assert.Equal(MaxBytes, receipt.GetProperty("bytes").GetInt64());
        Assert.Equal(image, (await app.Container.GetBlobClient(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray());
    }

    [Fact]
    public async Task Anything_else_is_refused_with_a_reason()
    {
        var pdf = await RefusedAsync([.. "%PDF-1.7\n"u8, .. new byte[100_000]], "image/png", HttpStatusCode.UnsupportedMediaType);
        var nothing = await RefusedAsync([], "image/png", HttpStatusCode.UnsupportedMediaType);
        var disguised = await RefusedAsync(Image("png", 1_000), "text/html", HttpStatusCode.UnsupportedMediaType);
        var large = await RefusedAsync(Image("jpg", MaxBytes + 1), "image/jpeg", HttpStatusCode.RequestEntityTooLarge);
        var wide = await RefusedAsync(Image("png", 1_000, side: 10_001), "image/png", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(("media-type-refused", "PNG, JPEG and WebP images are accepted. This is application/pdf."), pdf);
        Assert.Equal(("media-type-refused", "PNG, JPEG and WebP images are accepted. This is an empty body."), nothing);
        Assert.Equal("media-type-refused", disguised.Type);
        Assert.Equal("body-too-large", large.Type);
        Assert.Equal(("route-refused", "The image has a side of 10001 pixels; 10000 are accepted."), wide);
    }

    // What begins like an image, which is all that anybody looks at.
    private static byte[] Image(string extension, int bytes, uint side = 640)
    {
        var image = TestBody.Of(bytes);
        byte[] head = extension switch
        {
            "png" => [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 13, .. "IHDR"u8],
            "jpg" => [0xFF, 0xD8, 0xFF, 0xE0],
            _ => [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8],
        };
        head.CopyTo(image, 0);
        if (extension == "png")
        {
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(16), side);
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(20), 480);
        }
        return image;
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : new(mediaType);
        return app.Client.PostAsync("/images", content, Cancelled);
    }

    private async Task<(string Type, string Detail)> RefusedAsync(byte[] body, string mediaType, HttpStatusCode expected)
    {
        using var refused = await PostAsync(body, mediaType);
        Assert.Equal(expected, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return (problem.GetProperty("type").GetString()!.Split(':')[^1], problem.GetProperty("detail").GetString()!);
    }
}
