using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sluice.Failures;
using Sluice.Routing.Evidence;
using Sluice.Settings;

namespace Sluice.Routing.Templates;

/// <summary>The name of a blob, or a path, with parts that are filled for each request: <see cref="RouteStoreOptions.Name"/>.</summary>
internal sealed class NameTemplate
{
    // In one of them every field is zero or one, in the other none is, so that a format that omits zeros (FFF) is detected.
    private static readonly DateTimeOffset[] SampleDates =
        [DateTimeOffset.UnixEpoch, new(2026, 11, 23, 14, 37, 58, 123, 456, TimeSpan.Zero)];

    private readonly IReadOnlyList<NamePart> _parts;

    private NameTemplate(IReadOnlyList<NamePart> parts) => _parts = parts;

    /// <summary>Parses a template. False, with a problem, if it is not valid or can't produce a valid name.</summary>
    /// <param name="text">The template as configured.</param>
    /// <param name="check">Returns what is wrong with a name, or null.</param>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong, without a full stop.</param>
    public static bool TryParse(
        string text,
        Func<string, string?> check,
        [NotNullWhen(true)] out NameTemplate? template,
        [NotNullWhen(false)] out string? problem)
    {
        template = null;
        if (!NameTemplateReader.TryRead(text, out var parts, out problem))
        {
            return false;
        }

        var read = new NameTemplate(parts);
        problem = SampleDates.Select(date => check(read.Sample(date))).FirstOrDefault(static problem => problem is not null)?.TrimEnd('.');
        template = problem is null ? read : null;
        return template is not null;
    }

    /// <summary>The name for a request. It must still be checked: the client chose the path in it.</summary>
    public Result<string> Fill(RouteEvidence evidence)
    {
        var name = new StringBuilder();
        foreach (var part in _parts)
        {
            if (!part.Fill(evidence).TryGet(out var text, out var failure))
            {
                return failure;
            }

            name.Append(text);
        }

        return name.ToString();
    }

    private string Sample(DateTimeOffset now) => string.Concat(_parts.Select(part => part.Sample(now)));
}
