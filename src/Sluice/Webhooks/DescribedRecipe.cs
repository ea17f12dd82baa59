using Sluice.Names;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>Compiles the description of a signature in the settings.</summary>
internal static class DescribedRecipe
{
    // What separates a name from its value, and what a signature is written with.
    private const string NoSeparators = "=+/.:-_";

    /// <summary>Compiles a description; null if its signed text is not valid. Every problem is reported.</summary>
    /// <param name="options">The settings of the source.</param>
    /// <param name="signature">The description.</param>
    /// <param name="section">Its section, below the source.</param>
    /// <param name="problems">Collects the problems, below the key of the source.</param>
    public static SignatureRecipe? Compile(
        WebhookSourceOptions options, WebhookSignatureOptions signature, string section, SettingProblems problems)
    {
        var below = problems.Under(section);
        var text = SignedText.Compile(signature.Template, below);
        string[] headers = [.. (signature.Header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        CheckHeaders(signature, headers, below);
        CheckFields(signature, below);
        if (text is not null)
        {
            CheckSigned(options, signature, section, text, problems);
        }

        return text is null || headers is [] ? null : new SignatureRecipe(headers, signature.Prefix, signature.Encoding, text)
        {
            Fields = signature.SignatureField is { Length: > 0 } field && signature.FieldSeparator.Length == 1
                ? new(field, NotEmpty(signature.TimestampField), signature.FieldSeparator[0])
                : null,
            TimestampHeader = NotEmpty(signature.TimestampHeader),
        };
    }

    private static void CheckHeaders(WebhookSignatureOptions signature, string[] headers, SettingProblems problems)
    {
        if (headers is [])
        {
            problems.Missing("Header", "it is required and names the header with the signature");
        }

        foreach (var (key, header) in
            headers.Select(static header => ("Header", header)).Append(("TimestampHeader", signature.TimestampHeader ?? "")))
        {
            if (header.Length > 0 && !HeaderName.IsValid(header))
            {
                problems.Add(key, header, "it is not a valid header name");
            }
        }

        if (signature.Encoding is not (WebhookEncoding.Hex or WebhookEncoding.Base64))
        {
            problems.Add("Encoding", signature.Encoding, "it must be Hex or Base64");
        }

        if (!Enum.IsDefined(signature.TimestampFormat))
        {
            problems.Add(
                "TimestampFormat", signature.TimestampFormat, $"it is one of {string.Join(", ", Enum.GetNames<WebhookTimestampFormat>())}");
        }
    }

    private static void CheckFields(WebhookSignatureOptions signature, SettingProblems problems)
    {
        if (signature.FieldSeparator.Length != 1 || signature.FieldSeparator[0] is < '!' or > '~'
            || char.IsAsciiLetterOrDigit(signature.FieldSeparator[0])
            || NoSeparators.Contains(signature.FieldSeparator, StringComparison.Ordinal))
        {
            problems.Add("FieldSeparator", signature.FieldSeparator, "it is one character that no field contains, such as a comma");
        }

        if (NotEmpty(signature.TimestampField) is { } time
            && NotEmpty(signature.SignatureField) is var field && (field is null || field == time))
        {
            problems.Add("TimestampField", time, "SignatureField is required with it, and is another field");
        }

        if (NotEmpty(signature.TimestampField) is { } both && NotEmpty(signature.TimestampHeader) is not null)
        {
            problems.Add("TimestampField", both, "the timestamp is in a field or in TimestampHeader, not in both");
        }
    }

    // An unsigned time proves nothing, and a signed id must be sent.
    private static void CheckSigned(
        WebhookSourceOptions options, WebhookSignatureOptions signature, string section, SignedText text, SettingProblems problems)
    {
        if (text.HasTimestamp != (NotEmpty(signature.TimestampHeader) ?? NotEmpty(signature.TimestampField)) is not null)
        {
            problems.Under(section).Add(
                "Template", signature.Template,
                "{timestamp} belongs together with TimestampHeader or TimestampField: a timestamp is useful only if it is signed");
        }

        if (text.HasId && string.IsNullOrEmpty(options.IdHeader))
        {
            problems.Missing("IdHeader", $"{section}:Template signs {{id}}, which requires a header");
        }
    }

    // A setting is emptied to be as if it were not there.
    private static string? NotEmpty(string? setting) => string.IsNullOrEmpty(setting) ? null : setting;
}
