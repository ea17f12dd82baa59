using System.Diagnostics.CodeAnalysis;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The sources of <c>Sluice:Hooks:Sources</c>, compiled at startup.</summary>
internal sealed class WebhookTable
{
    private readonly Dictionary<string, WebhookSource> _sources;

    private WebhookTable(IEnumerable<WebhookSource> sources) =>
        _sources = sources.ToDictionary(static source => source.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Compiles sources. Every problem becomes a sentence that names the setting, and never the value of a secret.</summary>
    /// <param name="options">The sources as configured.</param>
    /// <param name="containers">The containers that may be written (<c>Sluice:Blob:Containers</c>, <c>Sluice:Blob:Aliases</c>).</param>
    /// <param name="targets">The names of the downstream services (<c>Sluice:Relay:Targets</c>).</param>
    /// <param name="ed25519">What reads Ed25519 public keys; null if the app has none.</param>
    /// <param name="problems">Collects the sentences.</param>
    public static WebhookTable Compile(
        WebhookOptions options, IReadOnlyCollection<string> containers, IReadOnlyCollection<string> targets,
        IEd25519? ed25519, ICollection<string> problems) =>
        new(options.Sources
            .Select(source => WebhookSource.Compile(
                source.Key, source.Value ?? new(), containers, targets, ed25519,
                new SettingProblems($"{WebhookOptions.Section}:Sources:{source.Key}", null, problems)))
            .OfType<WebhookSource>());

    /// <summary>Finds a source by its case-insensitive name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out WebhookSource? source) => _sources.TryGetValue(name, out source);
}
