using System.Text.RegularExpressions;
using Sluice.MediaTypes;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

/// <summary>Files of all kinds: what they are detected as, compared with what two other tools say.</summary>
public sealed class RealFileTests
{
    /// <summary>Why an answer differs. RealFiles.txt explains each.</summary>
    private static readonly string[] _reasons = ["WHATWG", "text", "elsewhere", "weak", "family", "rare", "sooner", "name"];

    [Fact]
    public void A_file_is_detected_as_the_table_says() => Assert.All(RealFile.All, static file =>
        Assert.Equal((file.Kind, file.MediaType), (file.Kind, ContentSniffer.Sniff(new(file.Body), file.IsWhole))));

    [Fact]
    public void Each_kind_is_there_once() =>
        Assert.Equal(RealFile.All.Count, RealFile.All.Select(static file => file.Kind).Distinct().Count());

    [Fact]
    public void An_answer_that_no_other_tool_gives_has_a_reason_and_no_other_answer_has() => Assert.All(RealFile.All, static file =>
    {
        Assert.Equal((file.Kind, file.IsDifferent), (file.Kind, file.Reason.Length > 0));
        Assert.True(!file.IsDifferent || _reasons.Contains(file.Reason), $"{file.Kind}: {file.Reason}");
    });

    // A sender may take the declared type from a tool such as these, but not the names that file-type makes up.
    [Fact]
    public void A_file_declared_as_what_another_tool_calls_it_is_not_a_contradiction() => Assert.All(RealFile.All, static file =>
        Assert.All(file.Others.Where(static other => other != "?" && !other.Contains("/x-ft-", StringComparison.Ordinal)), other => Assert.False(
            MediaTypeContradiction.Between(other, file.MediaType), $"{file.Kind}: {other} is declared, {file.MediaType} is detected.")));

    // A policy that lets a type pass relies on it: what a browser sees is what was detected.
    [Fact]
    public void A_pattern_further_in_never_wins_over_the_beginning_that_a_browser_looks_at()
    {
        var beginnings = SniffMagic.Rows.Where(static row => !MediaTypeName.IsInconclusive(row.Data.Item1))
            .Select(static row => (MediaType: row.Data.Item1, Bytes: Signature(row.Data.Item1, SniffMagic.Parse(row.Data.Item2)))).ToList();

        foreach (var row in OffsetSignatures.Rows.ToArray())
        {
            var further = SniffSamples.All.First(sample => row.Matches(sample.Body)).Body;
            Assert.All(beginnings, beginning => Assert.Equal(
                beginning.MediaType, Sniff([.. beginning.Bytes, .. further.Skip(beginning.Bytes.Length), .. new byte[200]])));
        }
    }

    [Fact]
    public void The_page_about_routing_lists_what_is_detected()
    {
        var section = Regex.Match(Page(), "^### Detected types$(.+?)^## ", RegexOptions.Multiline | RegexOptions.Singleline).Value;
        var listed = Regex.Matches(section, "`([a-z]+/[^`]+)`").Select(static match => match.Groups[1].Value).Distinct()
            .Select(static pattern => new TextPattern(pattern)).ToList();
        var detected = SniffSamples.All.Select(static sample => sample.MediaType).Distinct().ToList();

        Assert.NotEmpty(listed);
        Assert.All(detected, mediaType => Assert.Contains(listed, pattern => pattern.Matches(mediaType)));
        Assert.All(listed, pattern => Assert.Contains(detected, mediaType => pattern.Matches(mediaType)));
    }

    private static string Page()
    {
        using var reader = new StreamReader(typeof(RealFileTests).Assembly.GetManifestResourceStream("routing.md")!);
        return reader.ReadToEnd();
    }

    // As few of its bytes as are enough, whatever binary data follows.
    private static byte[] Signature(string mediaType, byte[] magic) => Enumerable.Range(1, magic.Length).Select(bytes => magic[..bytes])
        .First(bytes => Array.TrueForAll<byte>([0, 1, 2], next => Sniff([.. bytes, .. Enumerable.Repeat(next, 200)]) == mediaType));

    private static string? Sniff(byte[] head) => ContentSniffer.Sniff(new(head), complete: false);
}
