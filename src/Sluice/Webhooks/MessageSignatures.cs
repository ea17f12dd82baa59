using System.Text;
using Sluice.Digests;

namespace Sluice.Webhooks;

/// <summary>Reads <c>Signature-Input</c> and <c>Signature</c> (RFC 9421, section 4.1 and 4.2).</summary>
internal static class MessageSignatures
{
    public const string Input = "Signature-Input";
    public const string Signature = "Signature";

    /// <summary>
    /// The signatures of a request: those with a label that both fields have and a value that can be read. Null if one of the fields is not
    /// a dictionary (RFC 9651, section 3.2): then nothing of it can be relied on.
    /// </summary>
    public static IReadOnlyList<MessageSignature>? Read(string input, string signature)
    {
        if (!StructuredDictionary.TryParse([signature], out var signatures) || !StructuredDictionary.TryParse([input], out _))
        {
            return null;
        }

        var read = new List<MessageSignature>();
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var reader = new StructuredReader(input);
        reader.SkipSpaces();
        while (!reader.AtEnd)
        {
            // The dictionary was found to be valid. A label that occurs twice can be read in two ways.
            if (!reader.TryReadKey(out var label) || !labels.Add(label))
            {
                return null;
            }

            if (reader.TryTake('='))
            {
                if (reader.Follows('('))
                {
                    var one = ReadOne(ref reader, input);
                    if (one is not null && signatures.TryGetValue(label, out var value) && value.Bytes is { Length: > 0 } bytes)
                    {
                        read.Add(one with { Signature = bytes });
                    }
                }
                else
                {
                    _ = reader.TryReadBareItem(out _) && reader.TryPassParameters();
                }
            }
            else
            {
                _ = reader.TryPassParameters();
            }

            reader.SkipOptionalWhitespace();
            _ = reader.TryTake(',');
            reader.SkipOptionalWhitespace();
        }

        return read;
    }

    // An inner list of strings with parameters. Null if it has other items; the reader is behind it in any case.
    private static MessageSignature? ReadOne(ref StructuredReader reader, string input)
    {
        var components = new List<MessageComponent>();
        var isValid = reader.TryTake('(');
        for (reader.SkipSpaces(); !reader.TryTake(')'); reader.SkipSpaces())
        {
            var component = ReadComponent(ref reader, input);
            isValid &= component is not null;
            if (component is not null)
            {
                components.Add(component);
            }
        }

        // Written as the rules of serialization say (RFC 9651, section 4.1.1.1), whatever spaces came.
        var text = new StringBuilder($"({string.Join(' ', components.Select(static component => component.Identifier))})");
        var (created, expires, algorithm) = ((long?)null, (long?)null, (string?)null);
        while (reader.Follows(';'))
        {
            var name = ReadParameter(ref reader, input, text, out var value);
            isValid &= name switch
            {
                "created" => (created = value.Integer) is not null,
                "expires" => (expires = value.Integer) is not null,
                "alg" => (algorithm = value.Text) is not null,
                _ => true,
            };
        }

        return isValid
            ? new MessageSignature(components, text.ToString(), []) { Created = created, Expires = expires, Algorithm = algorithm }
            : null;
    }

    private static MessageComponent? ReadComponent(ref StructuredReader reader, string input)
    {
        var start = reader.Left;
        _ = reader.TryReadBareItem(out var item);
        var text = new StringBuilder(input[^start..^reader.Left]);
        var (parameter, others) = ((string?)null, 0);
        while (reader.Follows(';'))
        {
            var name = ReadParameter(ref reader, input, text, out var value);
            if (name == "name" && item.Text == "@query-param" && parameter is null)
            {
                parameter = value.Text;
            }
            else
            {
                others++;
            }
        }

        return item.Text is { } component
            ? new MessageComponent(
                component, parameter, text.ToString(), others == 0 && component == "@query-param" == parameter is not null)
            : null;
    }

    // Appends it as it is signed.
    private static string ReadParameter(ref StructuredReader reader, string input, StringBuilder text, out StructuredItem value)
    {
        _ = reader.TryTake(';');
        reader.SkipSpaces();
        var start = reader.Left;
        _ = reader.TryReadParameter(out var name, out value);
        text.Append(';').Append(input[^start..^reader.Left]);
        return name;
    }
}
