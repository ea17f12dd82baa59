using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>How the deliveries of one source prove their origin. Created once, at startup.</summary>
/// <param name="source">The source's name.</param>
internal abstract class WebhookScheme(string source)
{
    /// <summary>The source's name.</summary>
    public string Source { get; } = source;

    /// <summary>
    /// Whether headers are signed as they came, byte by byte. If not, they are text, and decoded as such.
    /// </summary>
    public virtual bool SignsHeaders => false;

    /// <summary>How senders of this scheme check an address, if the settings of the source do not say otherwise.</summary>
    public AddressCheck AddressCheck { get; init; } = AddressCheck.None;

    /// <summary>
    /// Creates a source's scheme; null if something is wrong with its settings, which is reported without a secret's value.
    /// </summary>
    /// <param name="source">The source's name.</param>
    /// <param name="options">The settings of the source.</param>
    /// <param name="ed25519">What reads Ed25519 public keys; null if the app has none.</param>
    /// <param name="problems">Collects the problems, below the key of the source: <c>Sluice:Hooks:Sources:{name}</c>.</param>
    public static WebhookScheme? Compile(string source, WebhookSourceOptions options, IEd25519? ed25519, SettingProblems problems) =>
        WebhookSchemes.Compile(source, options, ed25519, problems);

    /// <summary>
    /// Checks the headers of a delivery, before its body is read. A failure if they can't belong to a genuine one: a signature is missing,
    /// malformed, too old or too new. Otherwise the claim, which the body has to confirm.
    /// </summary>
    /// <param name="component">
    /// Returns a component of the request (RFC 9421, section 2): the value of a header, by its name, or a derived component such as
    /// <c>@method</c>; null if it is absent. The lines of a header are joined by a comma and a space.
    /// </param>
    /// <param name="now">The time.</param>
    public abstract Result<WebhookClaim> Begin(Func<string, string?> component, DateTimeOffset now);
}
