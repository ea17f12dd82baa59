using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.AspNetCore.Requests;

/// <summary>
/// The headers by which a client may ask for features of its blob, where <c>Sluice:Blob:FeatureHeaders</c> lists them. They are those of
/// Put Blob (https://learn.microsoft.com/rest/api/storageservices/put-blob#request-headers).
/// </summary>
internal sealed class FeatureHeaders(IOptions<BlobOptions> options)
{
    /// <summary>The access tier.</summary>
    public const string Tier = "x-ms-access-tier";

    /// <summary>The index tags: <c>name=value&amp;name=value</c>, encoded as a query.</summary>
    public const string Tags = "x-ms-tags";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Tier, Tags];

    /// <summary>What a client asks for; or which header can't be accepted.</summary>
    public Result<BlobFeatures> Read(IHeaderDictionary headers)
    {
        foreach (var name in All)
        {
            if (headers.ContainsKey(name) && !options.Value.FeatureHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return Refused(name, "is not accepted: Sluice:Blob:FeatureHeaders does not list it");
            }
        }

        var features = BlobFeatures.None;
        if (headers.Text(Tier) is { } tier)
        {
            if (BlobFeatures.TierOf(tier) is not { } known)
            {
                return Refused(Tier, $"must be one of {BlobFeatures.Tiers}");
            }

            features = features with { Tier = known };
        }

        if (headers.Text(Tags) is not { } text)
        {
            return features;
        }

        var tags = new Dictionary<string, string>();
        foreach (var pair in text.Split('&'))
        {
            if (pair.Split('=') is not [var key, var value])
            {
                return Refused(Tags, "must be name=value pairs, separated by '&' and encoded as a query");
            }

            (key, value) = (WebUtility.UrlDecode(key), WebUtility.UrlDecode(value));
            if (BlobTags.Problem(key, value) is { } problem)
            {
                return Refused(Tags, $"can't be stored: {problem}");
            }

            if (!tags.TryAdd(key, value))
            {
                return Refused(Tags, "has a name twice");
            }
        }

        features = features with { Tags = tags };
        return features.Problem() is { } many ? Refused(Tags, $"can't be stored: {many.TrimEnd('.')}") : features;
    }

    private static Failure Refused(string header, string why) => new(FailureKind.HeaderInvalid, Phase.Admit, $"{header} {why}.");
}
