using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Relay;

/// <summary>One request as a downstream service sees it.</summary>
internal sealed class ServiceExchange(HttpContext context)
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TaskCompletionSource<string> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _whole;

    public string Method { get; } = context.Request.Method;

    public string Protocol { get; } = context.Request.Protocol;

    /// <summary>The request's target, not decoded.</summary>
    public string Target { get; } = context.Features.Get<IHttpRequestFeature>()!.RawTarget;

    /// <summary>The lines of a header that occurs several times are kept apart by a line feed.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = context.Request.Headers
        .ToDictionary(
            static header => header.Key, static header => string.Join('\n', header.Value.ToArray()), StringComparer.OrdinalIgnoreCase);

    /// <summary>How much of the body has arrived.</summary>
    public long Bytes { get; private set; }

    /// <summary>The digest of all of it, in hexadecimal digits, once it was whole.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>How the body says where it ends: its length, "chunked", or nothing as HTTP/2 does.</summary>
    public string? Framing => Header("Content-Length") ?? Header("Transfer-Encoding");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Reads the body, or so much of it.</summary>
    public async Task ReadAsync(long most = long.MaxValue)
    {
        var buffer = new byte[64 * 1024];
        while (Bytes < most)
        {
            var count = await context.Request.Body.ReadAsync(
                buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - Bytes)), context.RequestAborted);
            if (count == 0)
            {
                Sha256 = Convert.ToHexString(_sha256.GetHashAndReset());
                _whole = true;
                return;
            }
            _sha256.AppendData(buffer, 0, count);
            Bytes += count;
            Interlocked.Exchange(ref _progress, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    /// <summary>Waits until so much of the body has arrived.</summary>
    public async Task UntilAsync(long bytes)
    {
        for (var next = _progress.Task; Bytes < bytes; next = _progress.Task)
            await next.WaitAsync(SluiceFixture.Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Waits until the request is over and says how its body arrived: "whole", "aborted", or "in part" when the rest was not asked for.
    /// </summary>
    public Task<string> OutcomeAsync() => _end.Task.WaitAsync(SluiceFixture.Patience, TestContext.Current.CancellationToken);

    public void End(bool aborted)
    {
        _end.TrySetResult(_whole ? "whole" : aborted ? "aborted" : "in part");
        _sha256.Dispose();
    }
}
