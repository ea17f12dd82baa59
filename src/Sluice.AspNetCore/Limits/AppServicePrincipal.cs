using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Routes;
using Sluice.Callers;
using Sluice.Failures;
using Sluice.Settings;

namespace Sluice.AspNetCore.Limits;

/// <summary>
/// Reads who the caller is from the header that App Service authentication sets, where the settings say that it does
/// (<see cref="CallerOptions.AppServicePrincipal"/>).
/// </summary>
internal sealed class AppServicePrincipal(SluiceHost host, IOptions<CallerOptions> options)
{
    /// <summary>The header.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string Role = "roles";
    private const string Microsoft = "http://schemas.microsoft.com/identity/claims/";
    private const string Soap = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    // The platform renames some claims of a token; rights and names have the same names for them on both hosts.
    private static readonly Dictionary<string, string> _names = new(StringComparer.Ordinal)
    {
        [$"{Microsoft}objectidentifier"] = "oid",
        [$"{Microsoft}tenantid"] = "tid",
        [$"{Microsoft}scope"] = "scp",
        [$"{Soap}nameidentifier"] = "sub",
        [$"{Soap}name"] = "name",
        [$"{Soap}upn"] = "upn",
        [$"{Soap}emailaddress"] = "email",
        ["http://schemas.microsoft.com/ws/2008/06/identity/claims/role"] = Role,
    };

    /// <summary>
    /// Makes the principal the user of the request, if there is one. Returns why the request is refused, or null.
    /// </summary>
    public Failure? Find(HttpContext context)
    {
        if (host != SluiceHost.Functions || !options.Value.AppServicePrincipal
            || !context.Request.Headers.TryGetValue(Header, out var lines))
        {
            return null;
        }

        // The platform sends one line; a second one would be the client's.
        if (lines is not [{ } line] || Read(line) is not { } identity)
        {
            return new Failure(
                FailureKind.TokenInvalid, Phase.Admit,
                $"{Header} is not a principal of App Service authentication, or does not identify it.");
        }

        context.User = new ClaimsPrincipal(identity);
        return null;
    }

    private CallerIdentity? Read(string line)
    {
        if (!Base64.IsValid(line))
        {
            return null;
        }

        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(line));
            return Read(principal.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private CallerIdentity? Read(JsonElement principal)
    {
        if (principal.ValueKind != JsonValueKind.Object
            || !principal.TryGetProperty("claims", out var listed) || listed.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var roleType = Text(principal, "role_typ");
        var all = new List<(string Type, string Value)>();
        foreach (var claim in listed.EnumerateArray())
        {
            if (Text(claim, "typ") is { } type && Text(claim, "val") is { } value)
            {
                all.Add((type == roleType ? Role : _names.GetValueOrDefault(type, type), value));
            }
        }

        var claims = CallerIdentity.Group(all.Distinct());
        return claims.GetValueOrDefault(options.Value.IdClaim) is [var id] && !string.IsNullOrWhiteSpace(id)
            ? new CallerIdentity(
                new Caller
                {
                    Kind = CallerKind.Principal,
                    Id = id,
                    Name = claims.GetValueOrDefault(options.Value.NameClaim) is [var name] ? name : null,
                    Roles = claims.GetValueOrDefault(Role) ?? [],
                    Claims = claims,
                },
                nameof(AppServicePrincipal), all.Select(static claim => new Claim(claim.Type, claim.Value)))
            : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
