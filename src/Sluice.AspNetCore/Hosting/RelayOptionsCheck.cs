using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Sluice.Routing;
using Sluice.Routing.MediaTypes;

namespace Sluice.AspNetCore;

/// <summary>Checks every target at start. Every message names the key and the remedy.</summary>
internal sealed class RelayOptionsCheck : IValidateOptions<RelayOptions>
{
    public ValidateOptionsResult Validate(string? name, RelayOptions options)
    {
        var problems = options.Targets.SelectMany(static target => Problems($"{RelayOptions.Section}:Targets:{target.Key}", target.Value)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string section, RelayTargetOptions target)
    {
        if (target.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
        {
            yield return $"{section}:Address has to be http(s)://host[:port][/path], without user, query or fragment.";
        }

        foreach (var method in target.Methods.Where(static method => method.Length == 0 || !method.All(char.IsAsciiLetter) || IsTunnel(method)))
        {
            yield return $"{section}:Methods has '{method}', which can't be relayed.";
        }

        foreach (var prefix in target.PathPrefixes.Where(static prefix => prefix.Split('/').Any(static part => part is "." or "..") || prefix.AsSpan().IndexOfAny("?#\\%") >= 0))
        {
            yield return $"{section}:PathPrefixes has '{prefix}': write it decoded, without dots, query or fragment.";
        }

        foreach (var header in target.AddHeaders.Where(static header => !IsToken(header.Key) || header.Value.Any(static c => c is < ' ' or > '~')))
        {
            yield return $"{section}:AddHeaders:{header.Key} is not a header of printable ASCII.";
        }

        if (target.ClientCertificatePath is { Length: > 0 } path && CertificateProblem(path, target.ClientCertificatePassword) is { } problematic)
        {
            yield return $"{section}:ClientCertificatePath: {problematic}";
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

    // Found out now, and not by the first request.
    private static string? CertificateProblem(string path, string? password)
    {
        if (!File.Exists(path))
        {
            return "there is no such file.";
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? null : "the file has no private key.";
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return "the file can't be read as PKCS#12 with ClientCertificatePassword.";
        }
    }

    private static bool IsTunnel(string method) =>
        method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase) || method.Equals("TRACE", StringComparison.OrdinalIgnoreCase);

    // RFC 9110, section 5.6.2.
    private static bool IsToken(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
