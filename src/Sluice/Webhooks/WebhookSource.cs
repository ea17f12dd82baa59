using Sluice.MediaTypes;
using Sluice.Routing;
using Sluice.Routing.Templates;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>One source of webhooks, ready to accept deliveries: <see cref="WebhookSourceOptions"/>, compiled.</summary>
internal sealed record WebhookSource(
    string Name, WebhookSourceOptions Options, WebhookScheme Scheme, SendAction Send, WebhookNotice? Notice)
{
    private static readonly int[] _statuses = [200, 201, 202, 204];

    /// <summary>How its sender checks the address.</summary>
    public required AddressCheck AddressCheck { get; init; }

    /// <summary>Compiles it; null if anything is wrong, which is reported.</summary>
    public static WebhookSource? Compile(
        string name, WebhookSourceOptions options, IReadOnlyCollection<string> containers, IReadOnlyCollection<string> targets,
        IEd25519? ed25519, SettingProblems problems)
    {
        if (NameValue.Safe(name) != name)
        {
            problems.Whole("has a name that can't be a path segment: use letters, digits, '-', '_' and '.'");
        }

        var scheme = WebhookScheme.Compile(name, options, ed25519, problems);
        var mediaTypes = MediaTypePolicy.Compile(options.MediaTypes, problems.Under("MediaTypes"));
        var store = options.Store is { } into ? StoreRoute.Compile(into, containers, problems.Under("Store")) : null;
        var relay = options.Relay is { } to ? RelayRoute.Compile(to, targets, problems.Under("Relay")) : null;
        var passOn = RelayRoute.CompileLater(options.PassOn, options.Store is not null, targets, problems);
        var notice = options.Notify is { } notify ? WebhookNotice.Compile(notify, targets, problems.Under("Notify")) : null;
        if (options is { Store: null, Notify: not null })
        {
            problems.Under("Notify").Whole(
                "sends notifications about stored deliveries, but the source stores nothing: add Store, or remove Notify");
        }

        if (options is { Store: null, Relay: null })
        {
            problems.Whole("does nothing with its deliveries: set Store, Relay, or both");
        }

        if (options.Commit is { } commit && (options is { Store: null } or { Relay: null } || !Enum.IsDefined(commit)))
        {
            problems.Add(
                "Commit", commit,
                "only a source with both Store and Relay may have it, and it must be one of "
                    + $"{string.Join(", ", Enum.GetNames<TeeCommit>())}");
        }

        if (options.MaxBytes is < 1)
        {
            problems.Add("MaxBytes", options.MaxBytes, "it must be at least 1");
        }

        if (options.Status is { } status && (options.Store is null || !_statuses.Contains(status)))
        {
            problems.Add("Status", status, $"only a source with Store may have it, and it must be one of {string.Join(", ", _statuses)}");
        }

        var check = AddressChecks.Compile(options, scheme?.AddressCheck ?? AddressCheck.None, problems);
        TeeCommit? decides = options is { Store: not null, Relay: not null } ? options.Commit ?? TeeCommit.BlobFirst : null;
        return scheme is null
            ? null
            : new WebhookSource(name, options, scheme, new SendAction(mediaTypes, store, relay, decides, passOn), notice) { AddressCheck = check };
    }
}
