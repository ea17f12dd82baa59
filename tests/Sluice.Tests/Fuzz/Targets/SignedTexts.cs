using System.Text;
using System.Text.RegularExpressions;
using Sluice.Settings;
using Sluice.Tests.Webhooks;
using Sluice.Webhooks;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What the settings say of a source of webhooks: the text that is signed, and the secrets.</summary>
internal static partial class SignedTexts
{
    private const string Time = "1700000000";
    private const string Body = "{body}";

    /// <summary>The template is before the first line end, an id behind it.</summary>
    public static FuzzTarget Template { get; } = new(
        "Text that is signed",
        "the template as a regular expression; inverse: a near time and the id are read back from the text, unless the id is refused")
    {
        Seeds =
        [
            "v0:{timestamp}:{body}\n1", "{id}.{timestamp}.{body}\nmsg_1", "{id}--{body}\na-b", "{body}\n", "a{timestamp}b{id}ccd{body}\nxc",
            "{timestamp}{body}\n", "{body}{timestamp}\n", "{id}:{body}/hooks{timestamp}\na"
        ],
        Tokens = ["{timestamp}", "{id}", Body, "{", "}", ".", "--", "::", "aba", "a", "1", "\n", "{{", "{Id}"],
        Grammar = new(
            ("text", ["<plain><id><plain>{body}\n<name>", "<id><plain>{timestamp}<plain>{body}\n<name>", "{timestamp}<plain><id><plain>{body}\n<name>"]),
            ("id", ["{id}"]),
            ("plain", [".", "--", "aba", "a", ":1:", "", "<plain><plain>"]),
            ("name", ["a", "ab", "-", ".", "b<name>", "a<name>", "1<name>"])),
        IsMeasured = false,
        FixedBytes = 32 * 1024,
        BytesPerCharacter = 256,
        Parse = static text => _ = Compile(text.Split('\n')[0]),
        Check = static text =>
        {
            var at = text.IndexOf('\n', StringComparison.Ordinal);
            var (template, id) = at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
            var compiled = Compile(template);
            return compiled is null != !Shape().IsMatch(template) ? "it is the other way round"
                : compiled is null || (compiled.HasId && (!DeliveryIds.IsValid(id) || id.Length == 0 || compiled.IsAmbiguous(id))) ? null
                : ReadBack(
                    Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(template)),
                    Encoding.UTF8.GetString([.. compiled.BeforeBody(Time, id), .. "{}"u8, .. compiled.AfterBody(Time)]), id);
        },
    };

    /// <summary>Secrets of Standard Webhooks, which are not text as those of others are.</summary>
    public static FuzzTarget Secret { get; } = new(
        "Secret of Standard Webhooks", "System.Convert reads the same key; what is none is reported, without its value")
    {
        Seeds =
        [
            "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNA==", "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        ],
        Tokens = ["whsec_", "whpk_", "A", "=", "==", "_", "-", " ", "\n", "/", "whsk_", "AAAA"],
        FixedBytes = 64 * 1024,
        Parse = static text => _ = StandardWebhooksKeys.Compile([text], TestDelivery.Ed25519, new SettingProblems("it", null, [])),
        Check = static text =>
        {
            var problems = new List<string>();
            var keys = StandardWebhooksKeys.Compile([text], TestDelivery.Ed25519, new SettingProblems("it", null, problems));
            var count = keys.Symmetric.Count + keys.Asymmetric.Count;
            return count + problems.Count != 1 ? "it is neither taken nor reported"
                : problems.Exists(problem => text.Length > 12 && problem.Contains(text, StringComparison.Ordinal)) ? "its value is told"
                : keys.Symmetric.Count == 1 != IsSymmetric(text) ? "it is the other way round"
                : keys.Asymmetric.Count == 1 && !(text.StartsWith("whpk_", StringComparison.Ordinal) && Bytes(text["whpk_".Length..]) == 32)
                    ? "it is no public key"
                    : null;
        },
    };

    /// <summary>The secret that signs what Sluice itself sends.</summary>
    public static FuzzTarget Signer { get; } = new("Secret that signs events", "System.Convert reads 24 to 64 bytes")
    {
        Seeds =
        [
            "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "whsec_" + Convert.ToBase64String(new byte[64]),
            "whsec_" + Convert.ToBase64String(new byte[65])
        ],
        Tokens = ["whsec_", "A", "AAAA", "=", "==", "_", " ", "\n", "/"],
        Parse = static text => _ = EventSigner.From(text),
        Check = static text => EventSigner.From(text) is not null == (text.StartsWith("whsec_", StringComparison.Ordinal)
            && Bytes(string.Concat(text.Skip("whsec_".Length).Where(static c => c is not (' ' or '\t' or '\r' or '\n'))))
                is >= 24 and <= 64)
            ? null
            : "it is the other way round",
    };

    private static SignedText? Compile(string template) => SignedText.Compile(template, new SettingProblems("it", null, []));

    // A time that is near has ten digits: with one more or one less it is refused. The shortest id comes first: another
    // one than the sender's would be a delivery that nobody signed as such.
    private static string? ReadBack(string template, string signed, string id)
    {
        var pattern = Placeholder().Replace(
            template,
            static part => part.Value switch
            {
                "{timestamp}" => "(?<t>[0-9]{10})",
                "{id}" => "(?<i>.*?)",
                Body => "(?<b>.*)",
                _ => Regex.Escape(part.Value),
            });
        var read = Regex.Match(signed, $@"\A{pattern}\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
        return read.Success && read.Groups["b"].Value == "{}"
            && (!read.Groups["t"].Success || read.Groups["t"].Value == Time)
            && (!read.Groups["i"].Success || read.Groups["i"].Value == id) ? null
            : $"'{signed}' is also of the id '{read.Groups["i"].Value}'";
    }

    private static bool IsSymmetric(string text) =>
        text.StartsWith("whsec_", StringComparison.Ordinal) && Bytes(text["whsec_".Length..]) >= 24;

    private static int Bytes(string base64)
    {
        try
        {
            return base64.AsSpan().ContainsAny(" \t\r\n") ? -1 : Convert.FromBase64String(base64).Length;
        }
        catch (FormatException)
        {
            return -1;
        }
    }

    [GeneratedRegex(
        @"\A(?!.*\{timestamp\}.*\{timestamp\})(?!.*\{id\}.*\{id\})(?!.*\{body\}.*(?:\{body\}|\{id\}))(?=.*\{body\})"
            + @"(?:[^{}]|\{(?:timestamp|body)\}|\{id\}(?!\{))*\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\{timestamp\}|\{id\}|\{body\}|[^{]+", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
