namespace Sluice.Benchmarks.Compare;

/// <summary>The head of a request to the blob service.</summary>
/// <param name="Method">What is to be done.</param>
/// <param name="Path">Account, container, and the blob's name.</param>
/// <param name="Query">What is behind the question mark; empty if nothing is.</param>
/// <param name="Length">How long the body is; null if it is chunked.</param>
/// <param name="Metadata">The lines of its metadata.</param>
internal sealed record BlobRequest(string Method, string Path, string Query, long? Length, string[] Metadata)
{
    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>Whether it is about a container and not about a blob.</summary>
    public bool IsOfContainer => Query.Contains("restype=container", StringComparison.Ordinal) || Path.Count(static c => c == '/') < 3;

    /// <summary>Which of the operations of one method it is, where there are several.</summary>
    public string Component => Parameter("comp");

    /// <summary>Reads a head.</summary>
    /// <param name="lines">Its lines.</param>
    public static BlobRequest Of(string[] lines)
    {
        var target = lines[0].Split(' ')[1].Split('?', 2);
        var declared = lines.FirstOrDefault(static line => Begins(line, "Content-Length:"));
        long? length = lines.Any(static line => Begins(line, "Transfer-Encoding:")) ? null
            : declared is null ? 0
            : long.Parse(declared["Content-Length:".Length..]);
        return new BlobRequest(
            lines[0].Split(' ')[0], target[0], target.Length > 1 ? target[1] : "", length,
            [.. lines.Where(static line => Begins(line, MetadataPrefix))]);
    }

    /// <summary>The value of a parameter of the query; empty if there is none.</summary>
    public string Parameter(string name)
    {
        var part = Query.Split('&').FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal));
        return part is null ? "" : Uri.UnescapeDataString(part[(name.Length + 1)..]);
    }

    private static bool Begins(string line, string with) => line.StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
