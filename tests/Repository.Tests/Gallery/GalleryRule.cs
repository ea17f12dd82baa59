namespace Sluice.RepositoryTests.Gallery;

/// <summary>Something that the gallery asks of a template.</summary>
/// <param name="Name">The rule, as a sentence.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Violations">What breaks it; nothing if it is kept.</param>
internal sealed record GalleryRule(string Name, string Source, Func<Template, IEnumerable<string>> Violations)
{
    public override string ToString() => Name;
}
