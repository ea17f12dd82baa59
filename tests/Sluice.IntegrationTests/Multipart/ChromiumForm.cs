using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>
/// A form as Chromium encodes it (third_party/blink/renderer/platform/network/form_data_encoder.cc): its boundary, CRLFs, no charset,
/// quotes and line ends of names as <c>%22</c>, <c>%0D</c> and <c>%0A</c>.
/// </summary>
internal sealed class ChromiumForm
{
    private readonly List<byte[]> _pieces = [];

    public string Boundary { get; } =
        $"----WebKitFormBoundary{RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AB", 16)}";

    public string MediaType => $"multipart/form-data; boundary={Boundary}";

    public ChromiumForm Field(string name, string value) => Add($"{FieldHead(name)}{value}\r\n");

    public ChromiumForm File(string name, string fileName, byte[] content, string mediaType = "application/octet-stream")
    {
        Add(FileHead(name, fileName, mediaType));
        _pieces.Add(content);
        return Add("\r\n");
    }

    /// <summary>A part with a head of the test's own.</summary>
    public ChromiumForm Part(string head, string content) => Add($"--{Boundary}\r\n{head}\r\n\r\n{content}\r\n");

    public string FileHead(string name, string fileName, string mediaType = "application/octet-stream") =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{Quoted(name)}\"; filename=\"{Quoted(fileName)}\"\r\nContent-Type: "
            + $"{mediaType}\r\n\r\n";

    public string End => $"--{Boundary}--\r\n";

    public byte[] ToArray() => [.. _pieces.SelectMany(static piece => piece), .. Encoding.UTF8.GetBytes(End)];

    public HttpContent Content(bool sized = false) => Content(ToArray(), sized);

    public HttpContent Content(byte[] bytes, bool sized = false) => Typed(Payload.Content(bytes, sized));

    public HttpContent Typed(HttpContent content)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        return content;
    }

    private string FieldHead(string name) => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{Quoted(name)}\"\r\n\r\n";

    private ChromiumForm Add(string text)
    {
        _pieces.Add(Encoding.UTF8.GetBytes(text));
        return this;
    }

    private static string Quoted(string name) => name
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal).Replace(
            "\"", "%22", StringComparison.Ordinal);
}
