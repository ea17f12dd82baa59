using System.Diagnostics.CodeAnalysis;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The sources of <c>Sluice:Hooks:Sources</c>, compiled at start.</summary>
internal sealed class WebhookTable
{
    private readonly Dictionary<string, WebhookSource> _sources;

    private WebhookTable(IEnumerable<WebhookSource> sources) => _sources = sources.ToDictionary(static source => source.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Compiles sources. Everything that is wrong becomes a sentence that names the setting, and never the value of a secret.</summary>
    /// <param name="options">The sources as configured.</param>
    /// <param name="containers">The containers that may be written (<c>Sluice:Blob:Containers</c>).</param>
    /// <param name="targets">The names of the downstream services (<c>Sluice:Relay:Targets</c>).</param>
    /// <param name="problems">Where the sentences go.</param>
    public static WebhookTable Compile(WebhookOptions options, IReadOnlyCollection<string> containers, IReadOnlyCollection<string> targets, ICollection<string> problems) =>
        new(options.Sources
            .Select(source => WebhookSource.Compile(
                source.Key, source.Value ?? new(), containers, targets, new SettingProblems($"{WebhookOptions.Section}:Sources:{source.Key}", null, problems)))
            .OfType<WebhookSource>());

    /// <summary>The source of that name, in any case.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out WebhookSource? source) => _sources.TryGetValue(name, out source);
}
