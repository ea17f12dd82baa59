namespace Sluice.Storage;

/// <summary>Where a blob lives.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Name">The blob's name, not encoded.</param>
internal readonly record struct BlobTarget(string Container, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Container}/{Name}";
}
