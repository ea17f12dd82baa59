using System.Globalization;
using static Infra.Tests.Resource;

namespace Infra.Tests.Rules;

/// <summary>
/// The host's limit is larger than ours, chunk framing included: over the host's the caller gets 500, over ours 413 and a reason. A chunk
/// of 512 bytes has 7 of framing. HttpRequestBodySizeMiddleware in https://github.com/Azure/azure-functions-host ignores what is no number.
/// </summary>
internal static class BodyLimitRule
{
    public static IReadOnlyList<string> Violations(JsonNode snapshot) =>
        [.. Of(snapshot, App).SelectMany(_ => Problems(Settings.Of(snapshot)))];

    private static IEnumerable<string> Problems(IReadOnlyDictionary<string, string?> settings)
    {
        if (!Number(settings, "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", out var host)
            || !Number(settings, "Sluice__Body__MaxBytes", out var ours))
        {
            yield return "One of the two limits is missing, or no number.";
        }
        else if (host < ours + (ours / 512 * 7))
        {
            yield return $"The host lets {host} bytes through; a body of {ours} in chunks is larger.";
        }
    }

    private static bool Number(IReadOnlyDictionary<string, string?> settings, string name, out long number) =>
        long.TryParse(settings.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
