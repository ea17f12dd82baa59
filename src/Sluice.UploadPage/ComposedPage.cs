using Sluice.AspNetCore.Results;

namespace Sluice.UploadPage;

/// <summary>
/// The page that the build composed from page/. It is embedded in this assembly: mapped, not read into memory. Its headers are its entity
/// tag, and a policy with the hashes of the only script and the only style that may run.
/// </summary>
internal sealed class ComposedPage : IUploadPage
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = ReadHeaders();

    public Stream Open() => Open("upload.html");

    private static KeyValuePair<string, string>[] ReadHeaders()
    {
        using var reader = new StreamReader(Open("upload.headers"));
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(": ", 2))
                .Select(static parts => KeyValuePair.Create(parts[0], parts[1])),
        ];
    }

    private static Stream Open(string name) => typeof(ComposedPage).Assembly.GetManifestResourceStream(name)!;
}
