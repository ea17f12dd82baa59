using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sluice.Callers;
using Sluice.Names;
using Sluice.Routing.Templates;

namespace Sluice.Rights;

/// <summary>The folder of a right: <see cref="Settings.RightOptions.Prefix"/>, compiled.</summary>
internal sealed class FolderTemplate
{
    private readonly IReadOnlyList<Func<Caller, string?>> _parts;

    private FolderTemplate(IReadOnlyList<Func<Caller, string?>> parts) => _parts = parts;

    /// <summary>Compiles a prefix. False, with a problem, if it is not valid.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out FolderTemplate? folder, [NotNullWhen(false)] out string? problem)
    {
        folder = null;
        // Two values in a row could be divided in several ways: the folder of one caller could be that of another.
        if (text.Split('/').Any(static segment => segment.Count(static c => c == '{') > 1))
        {
            problem = "a segment can have one placeholder only";
            return false;
        }

        if (!NameTemplateReader.TryRead(text.TrimEnd('/'), out var parts, out problem))
        {
            return false;
        }

        var read = new List<Func<Caller, string?>>();
        foreach (var part in parts)
        {
            if (part is not (LiteralPart or CallerPart or ClaimPart))
            {
                problem = "only {caller:id} and {claim:NAME} are known before the request is read";
                return false;
            }

            read.Add(part is LiteralPart literal ? _ => literal.Text : ((ICallerPart)part).Of);
        }

        // No name is in such a folder: the right would be for nothing.
        var sample = string.Concat(parts.Select(static part => part.Sample(default)));
        problem = sample.Length == 0 ? null : BlobName.Problem(sample)?.TrimEnd('.');
        folder = problem is null ? new FolderTemplate(read) : null;
        return folder is not null;
    }

    /// <summary>The folder of a caller, without a slash at its end; null if the caller has no value for it.</summary>
    public string? Of(Caller caller)
    {
        var folder = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part(caller) is not { } text)
            {
                return null;
            }

            folder.Append(text);
        }

        return folder.ToString();
    }

    /// <summary>Whether a name is in a folder.</summary>
    public static bool Has(string folder, string name) => folder.Length == 0
        || (name.StartsWith(folder, StringComparison.Ordinal) && (name.Length == folder.Length || name[folder.Length] == '/'));

    /// <summary>Whether all names with a prefix are in a folder.</summary>
    public static bool HasAll(string folder, string prefix) => folder.Length == 0
        || (prefix.Length > folder.Length && prefix.StartsWith(folder, StringComparison.Ordinal) && prefix[folder.Length] == '/');
}
