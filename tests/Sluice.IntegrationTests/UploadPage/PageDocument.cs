using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.IntegrationTests.UploadPage;

/// <summary>The upload page as a browser reads it.</summary>
/// <param name="Text">The document.</param>
internal sealed partial record PageDocument(string Text)
{
    /// <summary>The sources that allow its inline scripts.</summary>
    public IEnumerable<string> ScriptHashes => Script().Matches(Text).Select(static script => Hash(script.Groups["text"].Value));

    /// <summary>The sources that allow its inline styles.</summary>
    public IEnumerable<string> StyleHashes => Style().Matches(Text).Select(static style => Hash(style.Groups["text"].Value));

    /// <summary>Every tag that opens.</summary>
    public IEnumerable<string> Tags =>
        Tag().Matches(Script().Replace(Style().Replace(Text, "<style>"), "<script>")).Select(static tag => tag.Value);

    /// <summary>The sources of a directive of a policy.</summary>
    public static IEnumerable<string> Sources(string policy, string directive) =>
        policy.Split("; ").Select(static part => part.Split(' ')).Single(part => part[0] == directive).Skip(1);

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex("<script[^>]*>(?<text>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<style[^>]*>(?<text>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<[a-z][^>]*>")]
    private static partial Regex Tag();
}
