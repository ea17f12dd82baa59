using System.Net.Http.Headers;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Lifetime;
using Sluice.Webhooks;

namespace Sluice.AspNetCore.Relay;

/// <summary>
/// Sends an event to a target: one small POST of <c>application/cloudevents+json</c>. It is limited by the target's IdleTimeout and the end
/// of the process.
/// </summary>
internal sealed class EventPost(RelayClients clients, Shutdown shutdown, TimeProvider time)
{
    /// <summary>Sends it. Any status is an answer.</summary>
    /// <param name="to">The target and the path; the target exists.</param>
    /// <param name="signer">Signs it; null for an unsigned event.</param>
    /// <param name="id">The id of the event.</param>
    /// <param name="content">The event.</param>
    public async ValueTask<Result<EventAnswer>> SendAsync(RelayPath to, EventSigner? signer, string id, byte[] content)
    {
        var client = clients.Find(to.Target)!;
        if (!(await client.AuthorizationAsync(shutdown.Over)).TryGet(out var authorization, out var failure))
        {
            return failure;
        }

        if (!client.Target.TryAddress(to.Path, "", out var address, out var problem))
        {
            return new Failure(FailureKind.PathInvalid, Phase.Open, problem);
        }

        using var limit = new CancellationTokenSource(client.Target.Options.IdleTimeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(shutdown.Over, limit.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content =
                new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents+json") } },
            Version = client.Config.Version!,
            VersionPolicy = client.Config.VersionPolicy!.Value,
        };
        foreach (var (name, value) in signer?.Sign(id, time.GetUtcNow(), content) ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        RelayHeaders.Add(request, client.Target.Options, authorization);
        try
        {
            using var answer = await client.Invoker.SendAsync(request, ends.Token);
            return new EventAnswer((int)answer.StatusCode, RetryAfterField.Of(answer, time));
        }
        catch (Exception e)
        {
            return limit.IsCancellationRequested
                ? new Failure(
                    FailureKind.DownstreamStalled, Phase.Transfer,
                    $"The target '{client.Target.Name}' did not respond to the event within its IdleTimeout.")
                : shutdown.Over.IsCancellationRequested
                    ? new Failure(
                        FailureKind.ShuttingDown, Phase.Transfer,
                        $"This instance stopped before the target '{client.Target.Name}' had responded to the event.")
                    : ForwarderFailure.From(e, client.Target);
        }
    }
}
