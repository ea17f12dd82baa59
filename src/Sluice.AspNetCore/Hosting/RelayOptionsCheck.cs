using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Sluice.MediaTypes;
using Sluice.Names;
using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Checks every target at startup. Every message names the key and the remedy.</summary>
internal sealed class RelayOptionsCheck : IValidateOptions<RelayOptions>
{
    public ValidateOptionsResult Validate(string? name, RelayOptions options)
    {
        var problems = options.Targets
            .SelectMany(static target => Problems($"{RelayOptions.Section}:Targets:{target.Key}", target.Value))
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string section, RelayTargetOptions target)
    {
        // Not shown: an address with a user or a query may contain a secret.
        if (target.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
        {
            yield return $"{section}:Address is {(target.Address is null ? "missing" : "not a valid URL")}: "
                + "it must be http(s)://host[:port][/path], without user, query or fragment. Put headers such as a key into AddHeaders.";
        }

        foreach (var (index, method) in target.Methods.Index())
        {
            if (string.IsNullOrEmpty(method) || !method.All(char.IsAsciiLetter) || IsTunnel(method))
            {
                yield return $"{section}:Methods:{index} is '{Redaction.Short(method ?? "")}': it must be a method that can be relayed, "
                    + "such as PUT. Correct it.";
            }
        }

        foreach (var (index, prefix) in target.PathPrefixes.Index())
        {
            if (prefix is null || prefix.Split('/').Any(static part => part is "." or "..") || prefix.AsSpan().IndexOfAny("?#\\%") >= 0)
            {
                yield return $"{section}:PathPrefixes:{index} is '{Redaction.Short(prefix ?? "")}': it must be a path without dots, "
                    + "query or fragment. Write it decoded.";
            }
        }

        foreach (var header in target.AddHeaders.Where(static header =>
            !HeaderName.IsValid(header.Key) || header.Value is null || header.Value.Any(static c => c is < ' ' or > '~')))
        {
            var wrong = HeaderName.IsValid(header.Key)
                ? "a value with characters that are not printable ASCII"
                : "not the name of a header";
            yield return $"{section}:AddHeaders:{header.Key} is {wrong}. Correct it.";
        }

        foreach (var (index, header) in target.RemoveHeaders.Index().Where(static header => !HeaderName.IsValid(header.Item ?? "")))
        {
            yield return $"{section}:RemoveHeaders:{index} is '{Redaction.Short(header ?? "")}': it must be the name of a header. "
                + "Correct it.";
        }

        if (target.TokenScope is { Length: > 0 } scope && string.IsNullOrWhiteSpace(scope))
        {
            yield return $"{section}:TokenScope is blank: it must be a scope such as api://orders/.default. Set it, or remove it.";
        }

        if (target.ClientCertificatePath is { Length: > 0 } path)
        {
            if (CertificateProblem(path, target.ClientCertificatePassword) is { } problematic)
            {
                yield return $"{section}:ClientCertificatePath is '{Redaction.Short(path)}': {problematic}";
            }
        }
        else if (target.ClientCertificatePassword is { Length: > 0 })
        {
            yield return $"{section}:ClientCertificatePassword is set: it requires a ClientCertificatePath, which is missing. "
                + $"Set the path, or remove the password.";
        }

        var patterns = new List<string>();
        _ = MediaTypePolicy.Compile(target.MediaTypes, new SettingProblems($"{section}:MediaTypes", null, patterns));
        foreach (var pattern in patterns)
        {
            yield return pattern;
        }

        foreach (var problem in RangeCheck.Problems(section, target))
        {
            yield return problem;
        }
    }

    // Fails at startup rather than at the first request.
    private static string? CertificateProblem(string path, string? password)
    {
        if (!File.Exists(path))
        {
            return "it must be a PKCS#12 file, and there is no such file. Mount it, or correct the path.";
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? null : "it must contain a private key. Export the certificate with its key.";
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return "it must be a PKCS#12 file that ClientCertificatePassword decrypts. Correct one of the two.";
        }
    }

    private static bool IsTunnel(string method) =>
        method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase) || method.Equals("TRACE", StringComparison.OrdinalIgnoreCase);
}
