using Sluice.MediaTypes;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.AspNetCore;

/// <summary>A policy in code, checked and compiled.</summary>
internal sealed class Restrictions
{
    private static readonly Restrictions _none = new(new UploadPolicy(), null, BlobFeatures.None);

    private readonly UploadPolicy _policy;

    private readonly BlobFeatures _features;

    private Restrictions(UploadPolicy policy, MediaTypePolicy? mediaTypes, BlobFeatures features) =>
        (_policy, MediaTypes, _features) = (policy, mediaTypes, features);

    /// <summary>The accepted media types; null for any.</summary>
    public MediaTypePolicy? MediaTypes { get; }

    /// <summary>Compiles a policy.</summary>
    /// <exception cref="ArgumentException">It has an invalid pattern, limit or metadata.</exception>
    public static Restrictions Of(UploadPolicy? policy)
    {
        if (policy is null)
        {
            return _none;
        }

        var problems = new List<string>();
        var mediaTypes = MediaTypePolicy.Compile(policy.MediaTypes, new SettingProblems(nameof(UploadPolicy.MediaTypes), null, problems));
        if (policy.MaxBytes < 0)
        {
            problems.Add($"MaxBytes is {policy.MaxBytes}: it can't be negative.");
        }

        if (BlobMetadata.Problem(policy.Metadata) is { } problem)
        {
            problems.Add(problem);
        }

        var features = BlobFeatures.Compile(policy.Features, new SettingProblems(nameof(UploadPolicy.Features), null, problems));
        return problems.Count == 0
            ? new(policy, mediaTypes, features)
            : throw new ArgumentException(string.Join(' ', problems), nameof(policy));
    }

    /// <summary>The upload with these restrictions on top of its own; <see cref="MediaTypes"/> are the caller's to combine.</summary>
    public Upload Apply(Upload upload) => upload with
    {
        Destination = upload.Destination is { } destination ? destination with { Features = destination.Features.Then(_features) } : null,
        MaxBytes = Upload.Least(_policy.MaxBytes, upload.MaxBytes),
        Condition = _policy.CreateOnly ? upload.Condition with { IfNoneMatch = "*" } : upload.Condition,
        Properties = upload.Properties with { Metadata = Merge(upload.Properties.Metadata) },
    };

    private IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> sent)
    {
        if (_policy.Metadata.Count == 0)
        {
            return sent;
        }

        var merged = new Dictionary<string, string>(sent, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in _policy.Metadata)
        {
            merged[name] = value;
        }

        return merged;
    }
}
