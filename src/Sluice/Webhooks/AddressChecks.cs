using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>The address checks by the setting that names them.</summary>
internal static class AddressChecks
{
    /// <summary>Compiles the check of a source. Problems are reported.</summary>
    /// <param name="options">The settings of the source.</param>
    /// <param name="scheme">The check of its scheme, if the settings name none.</param>
    /// <param name="problems">Collects the problems, below the key of the source.</param>
    public static AddressCheck Compile(WebhookSourceOptions options, AddressCheck scheme, SettingProblems problems)
    {
        var token = options.ChallengeToken;
        if (options.Challenge is WebhookChallenge.Meta == string.IsNullOrEmpty(token))
        {
            problems.Under("ChallengeToken").Whole(
                string.IsNullOrEmpty(token)
                    ? "is missing: Challenge is Meta, which sends the token that was entered with the address"
                    : "is set, but only the Challenge Meta sends a token: remove it, or choose Meta");
        }

        if (options.Challenge is WebhookChallenge.Zoom && (options.Hmac is null || options.Secrets.Count == 0))
        {
            problems.Add("Challenge", options.Challenge, "its answer is an HMAC with Secrets:0: use it with the scheme hmac");
        }

        return options.Challenge switch
        {
            null => scheme,
            WebhookChallenge.None => AddressCheck.None,
            WebhookChallenge.Slack => new SlackCheck(),
            WebhookChallenge.Zoom => new ZoomCheck(options.Secrets.FirstOrDefault() ?? ""),
            WebhookChallenge.Meta => new MetaCheck(token ?? ""),
            WebhookChallenge.Dropbox => new QueryCheck("GET", "challenge"),
            WebhookChallenge.Asana => new AsanaCheck(),
            WebhookChallenge.MicrosoftGraph => new QueryCheck("POST", "validationToken"),
            var unknown => Unknown(unknown.Value, problems),
        };
    }

    private static AddressCheck Unknown(WebhookChallenge unknown, SettingProblems problems)
    {
        problems.Add("Challenge", unknown, $"it is one of {string.Join(", ", Enum.GetNames<WebhookChallenge>())}");
        return AddressCheck.None;
    }
}
