using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>
/// What is wrong with what becomes of a source's deliveries is found at start too, and what is right with it is taken as it is meant.
/// </summary>
public sealed class WebhookTableTests
{
    private const string It = "Sluice:Hooks:Sources:it";
    private const string Commits = "only a source with both Store and Relay may have it, and it must be one of Both, BlobFirst, DownstreamFirst, BlobFirstWithRetries.";

    // 18 bytes.
    private const string ShortSecret = "whsec_s3cretAAAAAAAAAAAAAAAAAA";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly Dictionary<string, (Action<WebhookSourceOptions> Change, string[] Problems)> _wrong = new()
    {
        ["no scheme"] = (
            static o => o.Scheme = null,
            [
                $"{It}:Scheme is missing: it is one of standard-webhooks, svix, github, stripe, slack, shopify, cloudevents, "
                    + $"http-message-signatures, hmac, public-key, none."
            ]),
        ["nowhere to go"] = (static o => o.Store = null, [$"{It} does nothing with its deliveries: set Store, Relay, or both."]),
        ["a media type that is none"] = (
            static o => o.MediaTypes = new() { Allow = { "json" } },
            [
                $"{It}:MediaTypes:Allow:0 is 'json': "
                    + $"a media type consists of a type, a slash and a subtype, without parameters, for instance image/png or image/*."
            ]),
        ["an unknown container"] = (
            static o => o.Store!.Container = "other", [$"{It}:Store:Container is 'other': not one of Sluice:Blob:Containers or Sluice:Blob:Aliases."]),
        ["an unknown target"] = (
            static o => o.Relay = new() { Target = "other" }, [$"{It}:Relay:Target is 'other': not one of Sluice:Relay:Targets."]),
        ["Commit without Relay"] = (static o => o.Commit = TeeCommit.Both, [$"{It}:Commit is 'Both': {Commits}"]),
        ["Commit without Store"] = (
            static o => (o.Store, o.Relay, o.Commit) = (null, new() { Target = "service" }, TeeCommit.BlobFirst),
            [$"{It}:Commit is 'BlobFirst': {Commits}"]),
        ["an unknown Commit"] = (
            static o => (o.Relay, o.Commit) = (new() { Target = "service" }, (TeeCommit)7), [$"{It}:Commit is '7': {Commits}"]),
        ["a status that says that nothing was stored"] = (
            static o => o.Status = 404, [$"{It}:Status is '404': only a source with Store may have it, and it must be one of 200, 201, 202, 204."]),
        ["a status without Store"] = (
            static o => (o.Store, o.Relay, o.Status) = (null, new() { Target = "service" }, 200),
            [$"{It}:Status is '200': only a source with Store may have it, and it must be one of 200, 201, 202, 204."]),
        ["a challenge without its token"] = (
            static o => o.Challenge = WebhookChallenge.Meta,
            [$"{It}:ChallengeToken is missing: Challenge is Meta, which sends the token that was entered with the address."]),
        ["a limit of nothing"] = (static o => o.MaxBytes = 0, [$"{It}:MaxBytes is '0': it must be at least 1."]),
        ["a notice of what is not stored"] = (
            static o => (o.Store, o.Relay, o.Notify) = (null, new() { Target = "service" }, Notice()),
            [$"{It}:Notify sends notifications about stored deliveries, but the source stores nothing: add Store, or remove Notify."]),
        ["a notice to nobody"] = (
            static o => o.Notify = Notice(target: null),
            [$"{It}:Notify:Target is missing: it is required and names the service to notify."]),
        ["a notice to a blank"] = (
            static o => o.Notify = Notice(target: " "),
            [$"{It}:Notify:Target is missing: it is required and names the service to notify."]),
        ["a notice to a stranger"] = (
            static o => o.Notify = Notice(target: "other"), [$"{It}:Notify:Target is 'other': not one of Sluice:Relay:Targets."]),
        ["a notice to a path that is none"] = (
            static o => o.Notify = Notice(path: "a/../b"),
            [$"{It}:Notify:Path is 'a/../b': No part of a relayed path is empty, '.' or '..'."]),
        ["a notice without secret"] = (static o => o.Notify = Notice(secret: null), [NoticeSecret]),
        ["a notice with a short secret"] = (static o => o.Notify = Notice(secret: ShortSecret), [NoticeSecret]),
        ["all of a notice"] = (
            static o => o.Notify = new() { Path = "//" },
            [
                $"{It}:Notify:Target is missing: it is required and names the service to notify.",
                $"{It}:Notify:Path is '//': No part of a relayed path is empty, '.' or '..'.", NoticeSecret
            ]),
    };

    public static TheoryData<string> Wrong => [.. _wrong.Keys];

    private static string NoticeSecret =>
        $"{It}:Notify:Secret is missing: it is whsec_ and 24 to 64 bytes in base64, and the service verifies the event with it.";

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_with_its_key_and_never_with_a_secret(string what)
    {
        var (change, expected) = _wrong[what];
        var (_, problems) = Compile("it", change);

        Assert.Equal(expected, problems);
        Assert.All(problems, static problem => Assert.DoesNotContain("s3cret", problem, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData(".")]
    [InlineData("")]
    public void A_name_that_is_no_part_of_a_path_is_refused(string name) => Assert.Equal(
        [$"Sluice:Hooks:Sources:{name} has a name that can't be a path segment: use letters, digits, '-', '_' and '.'."],
        Compile(name, static _ => { }).Problems);

    // A section without anything in it is bound as null.
    [Fact]
    public void A_source_without_any_setting_has_no_scheme_and_nowhere_to_go()
    {
        var problems = new List<string>();
        var table = WebhookTable.Compile(new WebhookOptions { Sources = { ["it"] = null! } }, [], [], null, problems);

        Assert.Equal(2, problems.Count);
        Assert.StartsWith($"{It}:Scheme is missing", problems[0], StringComparison.Ordinal);
        Assert.StartsWith($"{It} does nothing", problems[1], StringComparison.Ordinal);
        Assert.False(table.TryFind("it", out _));
    }

    [Fact]
    public void A_source_is_found_by_its_name_in_any_case()
    {
        var (table, problems) = Compile("it", static o => (o.MaxBytes, o.Notify) = (1, Notice(path: "/events")));

        Assert.Empty(problems);
        Assert.True(table.TryFind("IT", out var source));
        Assert.Equal(("it", "service:/events"), (source.Name, $"{source.Notice!.To}"));
        Assert.True(source.Options.Enabled);
        Assert.False(table.TryFind("other", out _));
    }

    [Fact]
    public void A_notice_goes_to_the_targets_own_path_where_nothing_else_is_said()
    {
        Assert.True(Compile("it", static o => o.Notify = new() { Target = "service", Secret = Secret }).Table.TryFind(
            "it", out var source));

        Assert.Equal("service:/", $"{source.Notice!.To}");
    }

    private static (WebhookTable Table, List<string> Problems) Compile(string name, Action<WebhookSourceOptions> change)
    {
        var options = new WebhookSourceOptions { Scheme = "none", Store = new() { Container = "inbox" } };
        change(options);
        var problems = new List<string>();
        return (WebhookTable.Compile(new WebhookOptions { Sources = { [name] = options } }, ["inbox"], ["service"], null, problems), problems);
    }

    private static WebhookNotifyOptions Notice(string? target = "service", string path = "", string? secret = Secret) =>
        new() { Target = target, Path = path, Secret = secret };
}
