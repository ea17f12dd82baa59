using System.Globalization;

namespace Infra.Tests;

/// <summary>How large a replica of the container app is, and how much it takes at once.</summary>
internal static class ContainerSize
{
    public static long MemoryBytes(JsonNode snapshot)
    {
        var memory = (string)Settings.Container(snapshot)!["resources"]!["memory"]!;
        Assert.EndsWith("Gi", memory, StringComparison.Ordinal);
        return (long)(double.Parse(memory[..^2], CultureInfo.InvariantCulture) * (1L << 30));
    }

    public static string HttpRule(JsonNode snapshot) => Resource.Text(
        Resource.Of(snapshot, Resource.ContainerApp).Single()["properties"]!["template"]!["scale"]!["rules"]![0],
        "http.metadata.concurrentRequests");
}
