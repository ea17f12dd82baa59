using System.Text;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>
/// The signed text: the body, and text before and after it with the time and the id of the delivery. What is before it is hashed before its
/// first byte, and what is after it is known by then, so no part of the body has to be kept.
/// </summary>
internal sealed class SignedText
{
    private const string Timestamp = "{timestamp}";
    private const string Id = "{id}";
    private const string Body = "{body}";

    private readonly string[] _before;
    private readonly string[] _after;

    private SignedText(string[] parts)
    {
        var body = Array.IndexOf(parts, Body);
        (_before, _after) = (parts[..body], parts[(body + 1)..]);
    }

    public bool HasTimestamp => _before.Contains(Timestamp) || _after.Contains(Timestamp);

    public bool HasId => _before.Contains(Id);

    /// <summary>Parses a template; null if it is not valid, which is reported.</summary>
    public static SignedText? Compile(string template, SettingProblems problems)
    {
        var parts = Split(template);
        if (Problem(parts) is { } problem)
        {
            problems.Add("Template", template, problem);
            return null;
        }

        return new SignedText(parts);
    }

    /// <summary>The signed text before the body.</summary>
    public byte[] BeforeBody(string? timestamp, string? id) => Bytes(_before, timestamp, id);

    /// <summary>The signed text after the body.</summary>
    public byte[] AfterBody(string? timestamp) => Bytes(_after, timestamp, null);

    /// <summary>
    /// Whether an id is ambiguous: if the text that follows the id also occurs inside the id, or begins inside it, the rest of the id could
    /// be taken for the time or for the body's beginning. (Standard Webhooks, "Signature scheme", warns of ids with a full stop.)
    /// </summary>
    public bool IsAmbiguous(string id) =>
        HasId && _before[Array.IndexOf(_before, Id) + 1] is var end && (id + end).IndexOf(end, StringComparison.Ordinal) < id.Length;

    private static byte[] Bytes(string[] parts, string? timestamp, string? id) =>
        Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => part switch { Timestamp => timestamp, Id => id, _ => part })));

    private static string? Problem(string[] parts)
    {
        if (parts.Count(static part => part is Body) != 1)
        {
            return $"it has {Body} once";
        }

        if (parts.Any(static part => part is not (Timestamp or Id or Body) && part.AsSpan().ContainsAny('{', '}'))
            || parts.Count(static part => part is Timestamp) > 1 || parts.Count(static part => part is Id) > 1)
        {
            return $"it has {Timestamp}, {Id} and {Body}, each at most once, and no other braces";
        }

        // The end of a time is evident: with a digit more or less it is years away (SignedTime).
        var id = Array.IndexOf(parts, Id);
        return id >= 0 && (id > Array.IndexOf(parts, Body) || parts[id + 1][0] == '{')
            ? $"behind {Id} comes text, and then {Body}, or the end of the id could be read in two ways"
            : null;
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
