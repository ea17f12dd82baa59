using System.Text;
using Sluice.Ed25519;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>A delivery as it comes: some headers and a body.</summary>
internal sealed record TestDelivery(byte[] Body)
{
    public TestDelivery(string body)
        : this(Encoding.UTF8.GetBytes(body))
    {
    }

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What verifies <c>v1a</c>.</summary>
    public static IEd25519 Ed25519 { get; } = new BouncyCastleEd25519();

    public DateTimeOffset Now { get; init; } = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public TestDelivery With(string header, string value) =>
        this with { Headers = new(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };

    public TestDelivery Without(string header) =>
        this with { Headers = new(Headers.Where(pair => pair.Key != header), StringComparer.OrdinalIgnoreCase) };

    public TestDelivery At(long seconds) => this with { Now = DateTimeOffset.FromUnixTimeSeconds(seconds) };

    /// <summary>A scheme that has nothing wrong with it.</summary>
    public static WebhookScheme Scheme(WebhookSourceOptions options)
    {
        var problems = new List<string>();
        var scheme = WebhookScheme.Compile("it", options, Ed25519, new SettingProblems("Sluice:Hooks:Sources:it", null, problems));
        Assert.Empty(problems);
        return Assert.IsAssignableFrom<WebhookScheme>(scheme);
    }

    /// <summary>The same with one or more secrets.</summary>
    public static WebhookScheme Scheme(string scheme, params string[] secrets) => Scheme(Options(scheme, secrets));

    public static WebhookSourceOptions Options(string scheme, params string[] secrets)
    {
        var options = new WebhookSourceOptions { Scheme = scheme };
        foreach (var secret in secrets)
        {
            options.Secrets.Add(secret);
        }

        return options;
    }

    public Result<WebhookClaim> Begin(WebhookScheme scheme) => scheme.Begin(Headers.GetValueOrDefault, Now);

    public WebhookClaim Claim(WebhookScheme scheme)
    {
        Assert.True(Begin(scheme).TryGet(out var claim, out var failure), failure?.Detail);
        return claim;
    }

    /// <summary>What becomes of it, with its body in pieces.</summary>
    public FailureKind? Verdict(WebhookScheme scheme, params IEnumerable<int> cuts)
    {
        if (!Begin(scheme).TryGet(out var claim, out var failure))
        {
            return failure.Kind;
        }

        using (claim)
        {
            var from = 0;
            foreach (var cut in cuts.Order().Append(Body.Length))
            {
                claim.Check.Append(Body.AsSpan(from..cut));
                from = cut;
            }

            return claim.Check.Verify()?.Kind;
        }
    }
}
