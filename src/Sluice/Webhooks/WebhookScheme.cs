using System.Buffers;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>How one source's deliveries prove where they come from; made once, at start.</summary>
/// <param name="source">The source's name.</param>
internal abstract class WebhookScheme(string source)
{
    /// <summary>The source's name.</summary>
    public string Source { get; } = source;

    /// <summary>Makes a source's scheme; null if something is wrong with its settings, which is reported without a secret's value.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="options">The settings of the source.</param>
    /// <param name="problems">Where problems go, below the key of the source: <c>Sluice:Hooks:Sources:{name}</c>.</param>
    public static WebhookScheme? Compile(string source, WebhookSourceOptions options, SettingProblems problems) =>
        WebhookSchemes.Compile(source, options, problems);

    /// <summary>
    /// Looks at the headers of a delivery, before its body is read. A failure if they can't belong to a genuine one: a signature is missing,
    /// malformed, or too old or new; else the claim, which the body has to bear out.
    /// </summary>
    /// <param name="header">The value of a header, by its name; null if it did not come. One that came twice is joined by commas.</param>
    /// <param name="now">The time.</param>
    public abstract Result<WebhookClaim> Begin(Func<string, string?> header, DateTimeOffset now);

    /// <summary>
    /// What the sender wants to have sent back, if this is no delivery but the question whether somebody is here who knows the secret; else null.
    /// </summary>
    /// <param name="body">The whole of a verified body.</param>
    public virtual string? Challenge(ReadOnlySequence<byte> body) => null;

    /// <summary>The answer to a sender that asks by OPTIONS whether it may deliver; null if senders of this scheme do not ask.</summary>
    /// <param name="header">The value of a header, by its name; null if it did not come.</param>
    public virtual WebhookHandshake? Handshake(Func<string, string?> header) => null;
}
