using System.Text.RegularExpressions;
using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>The fields that digests are declared and wanted in.</summary>
internal static partial class DigestFields
{
    private const string Zeros32 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static readonly string[] _tokens =
    [
        "sha-256=:", "sha-512=:", ":", ", ", "=", "md5=:", ";q=1", Zeros32, $"sha-256=:{Zeros32}:", "AA==", "10", "0", "-1", "?1"
    ];

    private static readonly Grammar _wishes = new(
        ("wishes", ["<wish>", "<wish>, <wishes>"]),
        ("wish", ["<name>=<weight>", "<name>", "<name>=<weight>;x"]),
        ("name", ["sha-256", "sha-512", "md5", "sha"]),
        ("weight", ["0", "1", "3", "10", "11", "-1", "1.0", "?1", "9999"]));

    public static FuzzTarget Declared { get; } = new("Digest field", "inverse: what is written of it is read as the same")
    {
        Seeds = [$"sha-256=:{Zeros32}:", $"sha-512=:{new string('A', 86)}==:, sha-256=:{Zeros32}:", "md5=:AAAA:", ""],
        Tokens = _tokens,
        Parse = static text => _ = DigestField.Read(DigestField.Content, [text]),
        Check = static text =>
        {
            if (!DigestField.Read(DigestField.Content, [text]).TryGet(out var digests, out var failure))
            {
                return failure.Kind == FailureKind.HeaderInvalid ? null : $"it is refused as {failure.Kind}";
            }

            var written = DigestField.Write(Digest.Reported(digests));
            return DigestField.Read(DigestField.Content, written is null ? [] : [written]).TryGet(out var again, out _)
                && again.Select(static digest => (digest.Algorithm, digest.Base64))
                    .SequenceEqual(digests.Select(static digest => (digest.Algorithm, digest.Base64)))
                && digests.All(static digest => digest.Value.Length == digest.Algorithm.Bytes) ? null : $"it comes back as {written}";
        },
    };

    public static FuzzTarget One { get; } = new(
        "Digest in base64", "inverse: base64 of what was read is what was sent, but for bits that mean nothing")
    {
        Seeds = ["AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAB=="],
        Tokens = ["=", "==", " ", "A", "AAAA", "+", "/", "\n"],
        Parse = static text => _ = DigestField.ReadOne(DigestField.Md5, DigestAlgorithm.Md5, [text]),
        Check = static text =>
            DigestField.ReadOne(DigestField.Md5, DigestAlgorithm.Md5, [text]).TryGet(out var digests, out _) == Md5().IsMatch(text)
                && (digests is null || digests[0].Base64[..^3] == text[..^3]) ? null : "it is another digest",
    };

    public static FuzzTarget Wanted { get; } = new("Digest preference", "second implementation by sorting")
    {
        Seeds = ["sha-256=1, sha-512=3", "sha-512=0", "sha-256=10;x=1,md5=5", ""],
        Tokens = _tokens,
        Grammar = _wishes,
        Parse = static text => _ = DigestPreference.Read([text]).Wanted,
        Check = static text =>
        {
            var weights = StructuredDictionary.TryParse([text], out var members)
                ? members.Where(static member => member.Value.Integer is >= 0 and <= 10).ToDictionary()
                : [];
            var listed = DigestAlgorithm.OfFields.Where(algorithm => weights.TryGetValue(algorithm.Name, out var item) && item.Integer > 0)
                .GroupBy(algorithm => weights[algorithm.Name].Integer).OrderByDescending(static group => group.Key).FirstOrDefault()
                    ?? Enumerable.Empty<DigestAlgorithm>();
            return listed.SequenceEqual(DigestPreference.Read([text]).Wanted) ? null : "others are wanted";
        },
    };

    [GeneratedRegex(@"\A[A-Za-z0-9+/]{22}==\z")]
    private static partial Regex Md5();
}
