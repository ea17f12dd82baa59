using Sluice.Storage;

namespace Sluice.Rights;

/// <summary>What an operation is for: a blob, the names with a prefix, any blob of a container, or a target.</summary>
internal readonly record struct Place
{
    private Place(string? container, string? name, string? prefix, string? target) =>
        (Container, Name, Prefix, Target) = (container, name, prefix, target);

    /// <summary>The container, if it is not a target.</summary>
    public string? Container { get; }

    /// <summary>The blob, if it is one.</summary>
    public string? Name { get; }

    /// <summary>What the names begin with, if it is a list.</summary>
    public string? Prefix { get; }

    /// <summary>The target, if it is one.</summary>
    public string? Target { get; }

    /// <summary>One blob.</summary>
    public static Place Blob(BlobTarget blob) => new(blob.Container, blob.Name, null, null);

    /// <summary>All names with a prefix.</summary>
    public static Place Names(string container, string prefix) => new(container, null, prefix, null);

    /// <summary>Some blob of a container, whose name is not known yet, or not the client's.</summary>
    public static Place Somewhere(string container) => new(container, null, null, null);

    /// <summary>A target.</summary>
    public static Place Relay(string target) => new(null, null, null, target);
}
