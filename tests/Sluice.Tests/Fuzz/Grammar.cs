using System.Text;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Makes texts by rules: each has alternatives, in which <c>&lt;name&gt;</c> stands for another rule. The first rule begins. Beyond a depth
/// the first alternative is taken, so it must not come back to its own rule.
/// </summary>
internal sealed class Grammar(params (string Name, string[] Alternatives)[] rules)
{
    private const int MaxDepth = 12;

    private readonly Dictionary<string, string[]> _rules = rules.ToDictionary(static rule => rule.Name, static rule => rule.Alternatives);

    /// <summary>The rules, for a grammar that begins with another one.</summary>
    public (string Name, string[] Alternatives)[] Rules => rules;

    public string Make(Random random)
    {
        var text = new StringBuilder();
        Expand(rules[0].Alternatives, random, 0, text);
        return text.ToString();
    }

    private void Expand(string[] alternatives, Random random, int depth, StringBuilder text)
    {
        var chosen = alternatives[depth < MaxDepth ? random.Next(alternatives.Length) : 0];
        for (var at = 0; at < chosen.Length;)
        {
            var end = chosen[at] == '<' ? chosen.IndexOf('>', at) : -1;
            if (end > 0 && _rules.TryGetValue(chosen[(at + 1)..end], out var rule))
            {
                Expand(rule, random, depth + 1, text);
                at = end + 1;
            }
            else
            {
                text.Append(chosen[at++]);
            }
        }
    }
}
