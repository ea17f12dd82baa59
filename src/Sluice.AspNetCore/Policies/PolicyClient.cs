using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Relay;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Settings;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Policies;

/// <summary>
/// Asks the policy service about one upload (<see cref="PolicyOptions"/>): one signed POST, one small answer, a bounded time. The request
/// has the sign-in, the connections and the headers of a relay target.
/// </summary>
internal sealed class PolicyClient(IOptions<PolicyOptions> options, RelayClients clients, TimeProvider time)
{
    /// <summary>The largest answer, in bytes: metadata is limited to 8 KiB, and a name to 1,024 characters.</summary>
    public const int MaxAnswerBytes = 32 * 1024;

    private static readonly PolicyAnswer _accepts = new();

    private readonly EventSigner? _signer = options.Value.Target is null ? null : EventSigner.From(options.Value.Secret);
    private readonly PolicyCache _cache = new(options.Value.CacheEntries, time);

    /// <summary>Whether there is a service to ask.</summary>
    public bool IsEnabled => _signer is not null;

    /// <summary>Asks, unless the service has answered the same question and its answer is still fresh.</summary>
    /// <returns>
    /// The decision; <see cref="FailureKind.PolicyUnavailable"/> if there is none; <see cref="FailureKind.PolicyInvalid"/> if the answer is
    /// not a decision.
    /// </returns>
    public async ValueTask<Result<PolicyAnswer>> AskAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        var key = options.Value.CacheEntries > 0 ? Key(question) : "";
        if (_cache.Find(key) is { } known)
        {
            return known;
        }

        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var client = clients.Find(options.Value.Target!)!;
        try
        {
            return await AskAsync(client, question, key, ends.Token);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested || !limit.IsCancellationRequested)
        {
            return cancellationToken.IsCancellationRequested
                ? new Failure(
                    FailureKind.ClientGone, Phase.Route, "The client disconnected before the policy service had decided about its upload.")
                : Unavailable(ForwarderFailure.From(e, client.Target).Detail);
        }
        catch (Exception)
        {
            return Unavailable($"The target '{client.Target.Name}' did not answer in time (Sluice:Policy:Timeout).");
        }
    }

    /// <summary>The answer of the service is not a decision, or demands what it may not decide.</summary>
    public static Failure Invalid(string why) => new(FailureKind.PolicyInvalid, Phase.Route, $"The answer of the policy service {why}.");

    private static Failure Unavailable(string detail) =>
        new(FailureKind.PolicyUnavailable, Phase.Route, $"The policy service could not be asked. {detail}");

    private async ValueTask<Result<PolicyAnswer>> AskAsync(
        RelayClient client, PolicyQuestion question, string key, CancellationToken cancellationToken)
    {
        if (!(await client.AuthorizationAsync(cancellationToken)).TryGet(out var authorization, out var failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Unavailable(failure.Detail);
        }

        if (!client.Target.TryAddress(options.Value.Path ?? "", "", out var address, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(question, PolicyJson.Strict.PolicyQuestion);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Version = client.Config.Version!,
            VersionPolicy = client.Config.VersionPolicy!.Value,
        };
        foreach (var (name, value) in _signer!.Sign(question.Id!, time.GetUtcNow(), content))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        RelayHeaders.Add(request, client.Target.Options, authorization);
        using var response = await client.Invoker.SendAsync(request, cancellationToken);
        var answer = await AnswerAsync(response, cancellationToken);
        if (answer.TryGet(out var decided, out _))
        {
            _cache.Keep(key, decided, Lifetime(response.Headers));
        }

        return answer;
    }

    private static async ValueTask<Result<PolicyAnswer>> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync(response.Content, cancellationToken),
            HttpStatusCode.NoContent => _accepts,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                Unavailable($"It returned {(int)response.StatusCode}.") with { DownstreamStatus = (int)response.StatusCode },
            _ => Invalid($"is {(int)response.StatusCode}: it must be 200 with a decision, or 204")
                with
            { DownstreamStatus = (int)response.StatusCode },
        };

    private static async ValueTask<Result<PolicyAnswer>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxAnswerBytes + 1);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            var bytes = await stream.ReadAtLeastAsync(
                buffer.AsMemory(0, MaxAnswerBytes + 1), MaxAnswerBytes + 1, throwOnEndOfStream: false, cancellationToken);
            return bytes > MaxAnswerBytes
                ? Invalid($"is larger than {MaxAnswerBytes} bytes")
                : JsonSerializer.Deserialize(buffer.AsSpan(0, bytes), PolicyJson.Strict.PolicyAnswer) is { } answer
                    ? answer
                    : Invalid("is null");
        }
        catch (JsonException e)
        {
            return Invalid($"is not a decision: it can't be read{(e.Path is { } path ? $" at {Redaction.Short(path)}" : "")}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // RFC 9111, sections 4.2.1 and 4.2.3. Without max-age a decision is used once.
    private static TimeSpan Lifetime(HttpResponseHeaders headers) =>
        headers.CacheControl is { NoStore: false, NoCache: false, MaxAge: { } maxAge } ? maxAge - (headers.Age ?? TimeSpan.Zero) : default;

    private static string Key(PolicyQuestion question) => Convert.ToBase64String(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(question with { Id = null, FirstBytes = null }, PolicyJson.Strict.PolicyQuestion)));
}
