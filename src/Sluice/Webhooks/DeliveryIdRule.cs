using Sluice.Failures;
using Sluice.Names;
using Sluice.Peek;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>Where the deliveries of a source carry their id: in a header that is not signed, in the body, or nowhere.</summary>
/// <param name="Header">The header; null if the id is in the body, or nowhere.</param>
/// <param name="Pointers">The locations in the body; empty if the id is in a header, or nowhere.</param>
internal sealed record DeliveryIdRule(string? Header, IReadOnlyList<JsonPointer> Pointers)
{
    public static DeliveryIdRule Nowhere { get; } = new(null, []);

    public static DeliveryIdRule In(string header) => new(header, []);

    public static DeliveryIdRule At(params string[] pointers) => new(null, [.. pointers.Select(JsonPointer.Parse)]);

    /// <summary>The rule from the settings, or else that of the scheme.</summary>
    public static DeliveryIdRule Compile(WebhookSourceOptions options, DeliveryIdRule scheme, SettingProblems problems)
    {
        switch (options)
        {
            case { IdHeader: { } header, IdPointer: null }:
                if (!HeaderName.IsValid(header))
                {
                    problems.Add("IdHeader", header, "it is not a valid header name");
                }

                return In(header);
            case { IdHeader: null, IdPointer: { } text }:
                if (JsonPointer.TryParse(text, out var pointer) && pointer.Tokens.Count > 0)
                {
                    return new(null, [pointer]);
                }

                problems.Add("IdPointer", text, "it begins with '/' and names a value in the body, as in RFC 6901");
                return scheme;
            case { IdHeader: not null }:
                problems.Whole("has both IdHeader and IdPointer: a delivery has one id");
                return scheme;
            default:
                return scheme;
        }
    }

    /// <summary>Reads the id from the header, if it is present and not blank; a failure if it is not a valid id.</summary>
    public Failure? Read(Func<string, string?> header, out string? id)
    {
        id = Header is not null && header(Header) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
        return id is null || DeliveryIds.IsValid(id)
            ? null
            : new(
                FailureKind.HeaderInvalid, Phase.Admit,
                $"The header {Header} must have at most {DeliveryIds.MaxCharacters} visible ASCII characters.");
    }
}
