using System.Collections.Immutable;
using Sluice.Digests;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>What a signature of a source has to be: <see cref="WebhookHttpMessageSignaturesOptions"/>, compiled.</summary>
internal sealed class MessageSignatureRecipe
{
    private static readonly ImmutableDictionary<WebhookMessageAlgorithm, string> _names =
        ImmutableDictionary.CreateRange<WebhookMessageAlgorithm, string>(
        [
            new(WebhookMessageAlgorithm.HmacSha256, "hmac-sha256"), new(WebhookMessageAlgorithm.Ed25519, "ed25519"),
            new(WebhookMessageAlgorithm.EcdsaP256Sha256, "ecdsa-p256-sha256"),
            new(WebhookMessageAlgorithm.EcdsaP384Sha384, "ecdsa-p384-sha384"),
            new(WebhookMessageAlgorithm.RsaV15Sha256, "rsa-v1_5-sha256"), new(WebhookMessageAlgorithm.RsaPssSha512, "rsa-pss-sha512"),
        ]);

    // Section 2.2, without what depends on a parameter or on a response.
    private static readonly string[] _derived =
        ["@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query"];

    // Far more than senders cover: each is looked up before the sender is known.
    private const int MaxComponents = 32;

    private readonly IReadOnlyList<string> _required;
    private readonly Uri? _address;

    private MessageSignatureRecipe(WebhookMessageAlgorithm algorithm, IReadOnlyList<string> required, Uri? address) =>
        (Algorithm, _required, _address) = (algorithm, required, address);

    public WebhookMessageAlgorithm Algorithm { get; }

    /// <summary>Compiles the settings; null if anything is wrong, which is reported.</summary>
    public static MessageSignatureRecipe? Compile(WebhookSourceOptions options, SettingProblems problems)
    {
        var before = problems.Count;
        var below = problems.Under("HttpMessageSignatures");
        if (options.HttpMessageSignatures?.Algorithm is not { } algorithm)
        {
            below.Missing("Algorithm", $"it is required, one of {Listed}");
            return null;
        }

        if (!Enum.IsDefined(algorithm))
        {
            below.Add("Algorithm", algorithm, $"it is one of {Listed}");
        }

        foreach (var component in options.HttpMessageSignatures.Components.Where(static component => !IsComponent(component)))
        {
            below.Add("Components", component, $"it is the name of a header, or one of {string.Join(", ", _derived)}");
        }

        // An id that is not covered could be exchanged.
        string[] required =
        [
            .. options.HttpMessageSignatures.Components.Append(DigestField.Content)
                .Concat(string.IsNullOrEmpty(options.IdHeader) ? [] : [options.IdHeader])
                .Select(static component => component.ToLowerInvariant()).Distinct(),
        ];
        var address = options.HttpMessageSignatures.Address;
        Uri? uri = null;
        if (!string.IsNullOrEmpty(address)
            && !(Uri.TryCreate(address, UriKind.Absolute, out uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0))
        {
            below.Add("Address", address, "it is an absolute URL without a query, such as https://example.org/api/hooks/orders");
        }

        return problems.Count == before ? new MessageSignatureRecipe(algorithm, required, uri) : null;
    }

    /// <summary>What is wrong with a signature, before it is verified; null if nothing is.</summary>
    public string? Problem(MessageSignature signature)
    {
        var covered = signature.Components.Where(static component => component.IsSupported).Select(static component => component.Name);
        return _required.Except(covered).FirstOrDefault() is { } missing ? $"the signature does not cover {missing}"
            : signature.Components.Count > MaxComponents ? $"the signature covers more than {MaxComponents} components"
            : signature.Created is null ? "the signature has no parameter created"
            : signature.Algorithm is { } named && named != _names[Algorithm] ? $"the algorithm of this source is {_names[Algorithm]}"
            : null;
    }

    /// <summary>The components of a request, as the sender saw its address.</summary>
    public Func<string, string?> At(Func<string, string?> component) => _address is null ? component : name => name switch
    {
        "@scheme" => _address.Scheme,
        "@authority" => Authority(_address),
        "@path" => _address.AbsolutePath,
        "@target-uri" => $"{_address.Scheme}://{Authority(_address)}{_address.AbsolutePath}{Query(component)}",
        "@request-target" => _address.AbsolutePath + Query(component),
        _ => component(name),
    };

    private static bool IsComponent(string name) =>
        name.StartsWith('@') ? _derived.Contains(name.ToLowerInvariant()) : HeaderName.IsValid(name);

    private static string Listed => string.Join(", ", Enum.GetNames<WebhookMessageAlgorithm>());

    // Section 2.2.3: lower case, and no default port.
    private static string Authority(Uri address) => address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";

    // @query is a question mark even where there is none (section 2.2.7).
    private static string Query(Func<string, string?> component) => component("@query") is { Length: > 1 } query ? query : "";
}
