namespace Sluice;

/// <summary>A path at a target.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Path">The path below the target's address, not encoded, with or without a slash in front.</param>
internal readonly record struct RelayPath(string Target, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Target}:/{Path.TrimStart('/')}";
}
