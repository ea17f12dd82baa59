using Sluice.Failures;
using Sluice.Names;
using Sluice.Peek;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>Where a source's deliveries have their id: in a header that is not signed, in the body, or nowhere.</summary>
/// <param name="Header">The header; null if it is in the body, or nowhere.</param>
/// <param name="Pointers">The places in the body; none if it is in a header, or nowhere.</param>
internal sealed record DeliveryIdRule(string? Header, IReadOnlyList<JsonPointer> Pointers)
{
    public static DeliveryIdRule Nowhere { get; } = new(null, []);

    public static DeliveryIdRule In(string header) => new(header, []);

    public static DeliveryIdRule At(params string[] pointers) => new(null, [.. pointers.Select(Pointer)]);

    /// <summary>What the settings say, or else what the scheme does.</summary>
    public static DeliveryIdRule Compile(WebhookSourceOptions options, DeliveryIdRule scheme, SettingProblems problems)
    {
        switch (options)
        {
            case { IdHeader: { } header, IdPointer: null }:
                if (!HeaderName.IsValid(header))
                {
                    problems.Add("IdHeader", header, "that is not the name of a header");
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

    /// <summary>Reads the id of the header, if it is there and not blank; a failure if it can't be one.</summary>
    public Failure? Read(Func<string, string?> header, out string? id)
    {
        id = Header is not null && header(Header) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
        return id is null || DeliveryIds.IsValid(id)
            ? null
            : new(FailureKind.HeaderInvalid, Phase.Admit, $"The header {Header} has to be at most {DeliveryIds.MaxCharacters} visible ASCII characters.");
    }

    private static JsonPointer Pointer(string text) => JsonPointer.TryParse(text, out var pointer) ? pointer : throw new FormatException(text);
}
