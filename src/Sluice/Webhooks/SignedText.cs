using System.Text;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// The signed text: a prefix with the time and the id of the delivery, and then the body. The body is last, so that the prefix can be
/// hashed before the first byte of the body, and no part of the body has to be kept.
/// </summary>
internal sealed class SignedText
{
    private const string Timestamp = "{timestamp}";
    private const string Id = "{id}";
    private const string Body = "{body}";

    private readonly string[] _parts;

    private SignedText(string[] parts) => _parts = parts;

    public bool HasTimestamp => _parts.Contains(Timestamp);

    public bool HasId => _parts.Contains(Id);

    /// <summary>Parses a template; null if it is not valid, which is reported.</summary>
    public static SignedText? Compile(string template, SettingProblems problems)
    {
        if (Problem(template) is { } problem)
        {
            problems.Add("Template", template, problem);
            return null;
        }

        return new SignedText(Split(template[..^Body.Length]));
    }

    /// <summary>The signed text before the body.</summary>
    public byte[] BeforeBody(string? timestamp, string? id) =>
        Encoding.UTF8.GetBytes(string.Concat(_parts.Select(part => part switch { Timestamp => timestamp, Id => id, _ => part })));

    /// <summary>
    /// Whether an id is ambiguous: if the text that follows the id also occurs inside the id, or begins inside it, the rest of the id could
    /// be taken for the time or for the body's beginning. (Standard Webhooks, "Signature scheme", warns of ids with a full stop.)
    /// </summary>
    public bool IsAmbiguous(string id) =>
        HasId && _parts[Array.IndexOf(_parts, Id) + 1] is var end && (id + end).IndexOf(end, StringComparison.Ordinal) < id.Length;

    private static string? Problem(string template)
    {
        if (!template.EndsWith(Body, StringComparison.Ordinal)
            || template.IndexOf(Body, StringComparison.Ordinal) != template.Length - Body.Length)
        {
            return $"it has {Body} once, at its end";
        }

        var parts = Split(template);
        if (parts.FirstOrDefault(static part => part is not (Timestamp or Id or Body) && part.AsSpan().IndexOfAny('{', '}') >= 0)
            is not null
            || parts.Count(static part => part is Timestamp) > 1 || parts.Count(static part => part is Id) > 1)
        {
            return $"it has {Timestamp}, {Id} and {Body}, each at most once, and no other braces";
        }

        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i] is Timestamp or Id && (parts[i + 1][0] == '{' || char.IsAsciiDigit(parts[i + 1][0])))
            {
                return "behind {timestamp} and {id} comes text that does not begin with a digit, or their ends could be read in two ways";
            }
        }

        return null;
    }

    // Placeholders and the text between them.
    private static string[] Split(string template)
    {
        var parts = new List<string>();
        for (var at = 0; at < template.Length;)
        {
            var found = ((string[])[Timestamp, Id, Body]).FirstOrDefault(name => template.AsSpan(at).StartsWith(name));
            if (found is null)
            {
                var next = ((string[])[Timestamp, Id, Body])
                    .Select(name => template.IndexOf(name, at, StringComparison.Ordinal))
                    .Where(static i => i >= 0);
                found = template[at..next.DefaultIfEmpty(template.Length).Min()];
            }

            parts.Add(found);
            at += found.Length;
        }

        return [.. parts];
    }
}
