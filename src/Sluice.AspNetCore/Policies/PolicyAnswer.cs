namespace Sluice.AspNetCore.Policies;

/// <summary>What the policy service decided. An empty object, or 204 without a body, accepts the upload as it is.</summary>
internal sealed record PolicyAnswer
{
    /// <summary>The upload is refused. Nothing else may be set then.</summary>
    public PolicyRefusal? Refuse { get; init; }

    /// <summary>The container to store the body in.</summary>
    public string? Container { get; init; }

    /// <summary>The name of the blob.</summary>
    public string? Name { get; init; }

    /// <summary>The largest body, in bytes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The accepted media types.</summary>
    public PolicyMediaTypes? MediaTypes { get; init; }

    /// <summary>Whether an existing blob is never replaced.</summary>
    public bool? CreateOnly { get; init; }

    /// <summary>Metadata to store in addition to that of the upload.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>What storage does with the blob.</summary>
    public PolicyFeatures? Features { get; init; }
}
