using System.Globalization;
using Sluice.Settings;

namespace Sluice.Webhooks;

/// <summary>Reads a source's secrets. Problems refer to a secret by its place in the list, never by its value.</summary>
internal static class SecretList
{
    /// <summary>The most secrets of a source: each costs one more hash of every body. A rotation needs two.</summary>
    public const int MaxSecrets = 8;

    /// <summary>The keys for the secrets. Invalid secrets are left out.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="read">Returns the key for a secret; null if it is not valid.</param>
    /// <param name="expected">What a secret looks like, as the end of "it is not ...".</param>
    /// <param name="problems">Collects the problems.</param>
    /// <param name="unsupported">Returns why a secret can't be used here, whether valid or not; null if it can.</param>
    public static IReadOnlyList<T> Read<T>(
        IList<string> secrets, Func<string, T?> read, string expected, SettingProblems problems, Func<string, string?>? unsupported = null)
        where T : class
    {
        if (secrets.Count == 0)
        {
            problems.Missing(
                "Secrets", "no delivery can be verified without a secret; set Secrets:0 to the secret that the sender displays");
        }

        if (secrets.Count > MaxSecrets)
        {
            problems.Under("Secrets").Whole($"has more than {MaxSecrets}: remove those that the sender no longer uses");
        }

        var keys = new List<T>();
        for (var i = 0; i < secrets.Count; i++)
        {
            var place = problems.Under(string.Create(CultureInfo.InvariantCulture, $"Secrets:{i}"));
            if (string.IsNullOrEmpty(secrets[i]))
            {
                place.Whole("is empty");
            }
            else if (secrets[i].Trim() != secrets[i])
            {
                place.Whole("begins or ends with white space, perhaps a line break: remove it");
            }
            else if (unsupported?.Invoke(secrets[i]) is { } why)
            {
                place.Whole(why);
            }
            else if (read(secrets[i]) is { } key)
            {
                keys.Add(key);
            }
            else
            {
                place.Whole($"is not {expected}");
            }
        }

        return keys;
    }

    /// <summary>Secrets that are used as written.</summary>
    public static IReadOnlyList<byte[]> Text(IList<string> secrets, SettingProblems problems) =>
        Read(secrets, static secret => SignatureCode.Decode(secret, WebhookEncoding.Text), "text", problems);
}
