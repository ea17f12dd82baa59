using System.Buffers;
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
    /// <param name="header">
    /// Returns the value of a header, by its name; null if it is absent. Repeated headers are joined by commas.
    /// </param>
    /// <param name="now">The time.</param>
    public abstract Result<WebhookClaim> Begin(Func<string, string?> header, DateTimeOffset now);

    /// <summary>
    /// What the sender expects to be echoed, if this is not a delivery but a check whether the receiver knows the secret; otherwise null.
    /// </summary>
    /// <param name="body">The whole verified body.</param>
    public virtual string? Challenge(ReadOnlySequence<byte> body) => null;

    /// <summary>The answer to a sender that asks by OPTIONS for permission to deliver; null if senders of this scheme do not ask.</summary>
    /// <param name="header">Returns the value of a header, by its name; null if it is absent.</param>
    public virtual WebhookHandshake? Handshake(Func<string, string?> header) => null;
}
