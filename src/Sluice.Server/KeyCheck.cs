using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Requests;

namespace Sluice.Server;

/// <summary>Lets a request through when it carries one of the configured keys, as the Functions host does; and one that needs none.</summary>
internal sealed class KeyCheck(IReadOnlyCollection<string> keys)
{
    // Hashes have one length, so comparing them takes one time.
    private readonly List<byte[]> _hashes = [.. keys.Select(Hash)];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // Routing comes before everything else in a WebApplication.
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        var header = context.Request.Headers["x-functions-key"].FirstOrDefault();
        var sent = Hash((header is null ? context.Request.Query["code"].FirstOrDefault() : HeaderText.Read(header)) ?? "");
        var known = false;
        foreach (var hash in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, sent);
        }

        await (known ? next(context) : context.RefuseAsync(new Failure(
            FailureKind.KeyInvalid, Phase.Admit, "Send a key of this server as x-functions-key (Sluice:Server:Keys).")));
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
