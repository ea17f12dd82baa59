using System.Buffers.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Sluice.Settings;

namespace Sluice.Storage;

/// <summary>
/// How storage encrypts the blobs of a container: <see cref="BlobOptions.Encryption"/>. It has to be in every request that writes or reads
/// their bytes, so it is a property of the clients, and not of a request.
/// </summary>
/// <param name="Scope">The encryption scope.</param>
/// <param name="Key">The key that is sent with each request.</param>
internal sealed partial record ContainerEncryption(string? Scope, CustomerProvidedKey? Key)
{
    private const int KeyBytes = 32;

    /// <summary>By the account's own key.</summary>
    public static ContainerEncryption None { get; } = new(null, null);

    /// <summary>That of a container.</summary>
    public static ContainerEncryption Of(BlobOptions options, string container) =>
        options.Encryption.TryGetValue(container, out var written)
            ? new(
                string.IsNullOrEmpty(written.Scope) ? null : written.Scope,
                string.IsNullOrEmpty(written.Key) ? null : new CustomerProvidedKey(written.Key))
            : None;

    /// <summary>Applies it to the clients of a container.</summary>
    public void Apply(BlobClientOptions client) => (client.EncryptionScope, client.CustomerProvidedKey) = (Scope, Key);

    /// <summary>Checks the settings; everything that is wrong is reported, and no key.</summary>
    public static void Check(BlobOptions options, ICollection<string> problems)
    {
        var section = new SettingProblems($"{BlobOptions.Section}:{nameof(BlobOptions.Encryption)}", null, problems);
        foreach (var same in options.AllPlaces.GroupBy(static place => (place.Account?.ToUpperInvariant(), place.Container)))
        {
            var written = same.Select(place => options.Encryption.TryGetValue(place.Name, out var one) ? (one.Scope, one.Key) : default);
            if (written.Distinct().Count() > 1)
            {
                problems.Add(
                    $"{BlobOptions.Section}:{nameof(BlobOptions.Encryption)} differs for "
                        + $"{string.Join(" and ", same.Select(static place => place.Name))}, which are names of one container: "
                        + "what is stored by one could not be read by the other. Set it for each of them, or for none.");
            }
        }

        foreach (var (name, written) in options.Encryption)
        {
            var (container, scope, key) = (section.Under(name), written?.Scope ?? "", written?.Key ?? "");
            if (!options.IsOpen(name))
            {
                container.Whole("is for a container that is not one of Sluice:Blob:Containers or Sluice:Blob:Aliases");
            }

            if (scope.Length > 0 == key.Length > 0)
            {
                container.Whole("must have exactly one of Scope and Key");
            }

            if (scope.Length > 0 && !ScopeName().IsMatch(scope))
            {
                container.Add(nameof(Scope), scope, "it must be the name of an encryption scope: 3 to 63 lower-case letters, digits and "
                    + "single '-', none at an end");
            }

            if (key.Length > 0 && !(Base64.IsValid(key, out var bytes) && bytes == KeyBytes))
            {
                container.Whole($"has a Key that can't be used: it must be {KeyBytes} bytes in base64");
            }

            if (key.Length > 0 && options.Places.Where(place => place.Name == name).Any(place => !IsSecure(options.AccountOf(place))))
            {
                container.Whole("has a Key, and its account is not reached by https: the key would be sent in the clear");
            }
        }
    }

    // A connection string that can't be read is reported elsewhere.
    private static bool IsSecure(BlobAccountOptions account)
    {
        try
        {
            return (account.Endpoint ?? new BlobServiceClient(account.ConnectionString).Uri) is { IsAbsoluteUri: true, Scheme: "https" };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return true;
        }
    }

    // https://learn.microsoft.com/rest/api/storagerp/encryption-scopes/put
    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){2,62}$", RegexOptions.ExplicitCapture)]
    private static partial Regex ScopeName();
}
