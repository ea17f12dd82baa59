using System.Text;

namespace Sluice.Tests.Architecture;

/// <summary>The layers as a diagram (https://mermaid.js.org), with the arrows that do not follow from others.</summary>
internal static class LayerPicture
{
    /// <summary>Draws one library, or the projects.</summary>
    public static string Draw(IReadOnlyList<Layer> layers)
    {
        var root = layers[^1].Namespace;
        var below = new Dictionary<string, HashSet<string>>();
        foreach (var layer in layers)
        {
            below[layer.Namespace] = [.. layer.Uses.SelectMany(use => below[use].Append(use))];
        }

        var text = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (var layer in layers.Reverse())
        {
            var direct = layer.Uses.Where(use => !layer.Uses.Any(other => below[other].Contains(use))).ToList();
            text.Append(
                direct.Count == 0
                    ? $"  {Name(layer.Namespace)}\n"
                    : $"  {Name(layer.Namespace)} --> {string.Join(" & ", direct.Select(Name))}\n");
        }

        return text.Append("```\n\n").ToString();

        string Name(string space) => space.StartsWith($"{root}.", StringComparison.Ordinal) ? space[(root.Length + 1)..] : space;
    }
}
