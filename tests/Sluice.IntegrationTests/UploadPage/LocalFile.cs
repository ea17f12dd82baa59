using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>A file of random bytes, for a browser to choose.</summary>
internal sealed class LocalFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-upload-");

    public LocalFile(string name, int bytes)
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        Content = Payload.Random(bytes);
        File.WriteAllBytes(Path, Content);
    }

    public string Path { get; }

    public byte[] Content { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
