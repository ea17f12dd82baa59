using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sluice.Downstream;
using Sluice.Names;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks who gets events. Every message names the key and the remedy, and no message has a secret.</summary>
internal sealed partial class EventOptionsCheck(
    IOptions<BlobOptions> blob, IOptions<RelayOptions> relay, IOptions<List<RouteOptions>> routes, IOptions<WebhookOptions> hooks,
    IServiceProviderIsService services) : IValidateOptions<EventOptions>
{
    private const string QueueRule =
        "it must be the name of a queue: 3 to 63 lower-case letters, digits and single '-', none at an end. Correct it.";

    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(EventOptions options)
    {
        const string Section = EventOptions.Section;
        if (!services.IsService(typeof(ICommitAnnouncer))
            && EventUse.PassesOn(routes.ValueOrNull() ?? [], hooks.ValueOrNull() ?? new()))
        {
            yield return "PassOn or Commit: BlobFirstWithRetries is set in Sluice:Routes or Sluice:Hooks:Sources, "
                + "and this app has no outbox: add the package Sluice.Events and call services.AddSluiceEvents(), or remove it.";
        }

        if (options.Destinations.Count > 0 && !services.IsService(typeof(ICommitAnnouncer)))
        {
            yield return $"{Section}:Destinations is set, and this app sends no events: "
                + "add the package Sluice.Events and call services.AddSluiceEvents(), or remove the destinations.";
        }

        foreach (var (key, queue) in ((string, string)[])
            [(nameof(options.Queue), options.Queue), (nameof(options.DeadLetterQueue), options.DeadLetterQueue)])
        {
            if (!QueueName().IsMatch(queue ?? ""))
            {
                yield return $"{Section}:{key} is '{Redaction.Short(queue ?? "")}': {QueueRule}";
            }
        }

        if (options.Queue == options.DeadLetterQueue)
        {
            yield return $"{Section}:DeadLetterQueue is the same as {Section}:Queue: what can't be delivered would be delivered for ever. "
                + "Set it to another name.";
        }

        if (!Uri.IsWellFormedUriString(options.Source, UriKind.RelativeOrAbsolute) || options.Source.Length is 0 or > 512)
        {
            yield return $"{Section}:Source is no URI reference: it must be one, such as /sluice or https://uploads.example.com. "
                + "Correct it.";
        }

        if (options.Endpoint is not null && !string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return $"{Section}:Endpoint is set, and so is {Section}:ConnectionString: only one of them may select the account. "
                + "Remove one of the two.";
        }

        if (options.Endpoint is { } endpoint && (endpoint is not { IsAbsoluteUri: true, Scheme: "https", UserInfo: "", Query: "" }))
        {
            yield return $"{Section}:Endpoint must be an https URL, such as https://ACCOUNT.queue.core.windows.net, and nothing else. "
                + $"For an emulator without TLS, set {Section}:ConnectionString.";
        }

        foreach (var (name, one) in options.Destinations.Where(
            one => one.Value.Queue == options.Queue || one.Value.Queue == options.DeadLetterQueue))
        {
            yield return $"{Section}:Destinations:{name}:Queue is '{one.Queue}': that is a queue of the outbox itself. Set another name.";
        }

        foreach (var problem in options.Destinations.SelectMany(one => Problems($"{Section}:Destinations:{one.Key}", one.Key, one.Value)))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> Problems(string section, string name, EventDestinationOptions one)
    {
        if (!DestinationName().IsMatch(name))
        {
            yield return $"{section} has a name that can't be used: it must be 1 to 63 letters, digits and '-', beginning with a letter. "
                + "Rename it.";
        }

        string?[] kinds = [NullIfEmpty(one.Target), NullIfEmpty(one.Queue), one.EventGrid?.OriginalString];
        if (kinds.Count(static kind => kind is not null) != 1)
        {
            yield return $"{section} must have exactly one of Target, Queue and EventGrid. Set one, and remove the others.";
        }

        if (NullIfEmpty(one.Target) is { } target && relay.ValueOrNull()?.Targets.ContainsKey(target) == false)
        {
            yield return $"{section}:Target is '{Redaction.Short(target)}': it must be one of Sluice:Relay:Targets. "
                + "Add the target, or correct the name.";
        }

        if (RelayPath.Problem(one.Path) is { } path)
        {
            yield return $"{section}:Path is '{Redaction.Short(one.Path)}': {path}";
        }

        if (one.Secret is { Length: > 0 } secret && (one.Target is null || EventSigner.From(secret) is null))
        {
            yield return $"{section}:Secret must be whsec_ and 24 to 64 bytes in base64, and needs a Target. Correct it, or remove it.";
        }

        if (NullIfEmpty(one.Queue) is { } queue && !QueueName().IsMatch(queue))
        {
            yield return $"{section}:Queue is '{Redaction.Short(queue)}': {QueueRule}";
        }

        if (one.EventGrid is { } topic
            && !(topic.IsAbsoluteUri && (topic.Scheme == "https" || topic.IsLoopback) && topic.Query.Length == 0))
        {
            yield return $"{section}:EventGrid must be the https URL of a topic, without a query. Correct it.";
        }

        if (!string.IsNullOrEmpty(one.Key) && one.EventGrid is null)
        {
            yield return $"{section}:Key is set, and EventGrid is not. Set the topic, or remove the key.";
        }

        foreach (var (index, type) in one.Types.Index().Where(static type => !Enum.IsDefined(type.Item)))
        {
            yield return $"{section}:Types:{index} is '{type}': it must be one of {string.Join(", ", Enum.GetNames<EventType>())}. "
                + "Correct it.";
        }

        // A rule or a source has nothing to do with a resumable upload.
        if (one.Rules.Count + one.Sources.Count > 0 && !one.Wants(EventType.Stored) && !one.Wants(EventType.Refused))
        {
            yield return $"{section} has Rules or Sources, and would get nothing: only the Types Stored and Refused have them. "
                + "Remove them, or add one of these.";
        }

        foreach (var problem in RangeCheck.Problems(section, one)
            .Concat(Unknown(section, nameof(one.Containers), one.Containers, blob.ValueOrNull()?.Names))
            .Concat(Unknown(section, nameof(one.Rules), one.Rules, routes.ValueOrNull()?.Select(static rule => rule.Name ?? "")))
            .Concat(Unknown(section, nameof(one.Sources), one.Sources, hooks.ValueOrNull()?.Sources.Keys)))
        {
            yield return problem;
        }
    }

    // A misspelt name would keep events away, silently.
    private static IEnumerable<string> Unknown(string section, string key, IEnumerable<string> names, IEnumerable<string>? known) =>
        names.Index()
            .Where(name => known?.Contains(name.Item, StringComparer.OrdinalIgnoreCase) == false)
            .Select(name => $"{section}:{key}:{name.Index} is '{Redaction.Short(name.Item ?? "")}': "
                + "the settings have nothing of that name. Correct it.");

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    // https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){2,62}$", RegexOptions.ExplicitCapture)]
    private static partial Regex QueueName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,62}$")]
    private static partial Regex DestinationName();
}
