using System.Globalization;

namespace Sluice.IntegrationTests.Server;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(IReadOnlyList<string> Head, string Body)
{
    public int Status => int.Parse(Head[0].Split(' ')[1], CultureInfo.InvariantCulture);

    public string? Header(string name) => Head
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
