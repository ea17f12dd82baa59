namespace Sluice.Tests.Fuzz;

/// <summary>Inputs that once failed: <c>Corpus/{part}.txt</c>, one literal a line. They are run before any other.</summary>
internal static class FuzzCorpus
{
    public static IReadOnlyList<string> Of(string part)
    {
        using var stream = typeof(FuzzCorpus).Assembly.GetManifestResourceStream($"fuzz/{part}.txt");
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '!').Select(
            FuzzLiteral.Read)];
    }
}
