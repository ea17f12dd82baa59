using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>What holds for every blob of a container that nobody decides otherwise about: <see cref="BlobOptions.Features"/>.</summary>
internal sealed class ContainerFeatures
{
    private readonly Dictionary<string, BlobFeatures> _features;

    private ContainerFeatures(Dictionary<string, BlobFeatures> features) => _features = features;

    /// <summary>Compiles them; everything that is wrong is reported.</summary>
    public static ContainerFeatures Compile(BlobOptions options, ICollection<string> problems)
    {
        var section = new SettingProblems($"{BlobOptions.Section}:{nameof(BlobOptions.Features)}", null, problems);
        var features = new Dictionary<string, BlobFeatures>(StringComparer.Ordinal);
        foreach (var (container, written) in options.Features)
        {
            if (!options.IsOpen(container))
            {
                section.Under(container).Whole("is for a container that is not one of Sluice:Blob:Containers or Sluice:Blob:Aliases");
            }

            features[container] = BlobFeatures.Compile(written, section.Under(container));
        }

        return new(features);
    }

    /// <summary>Those of the blobs of a container.</summary>
    public BlobFeatures Of(string container) => _features.GetValueOrDefault(container) ?? BlobFeatures.None;
}
