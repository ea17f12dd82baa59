using Sluice.Failures;
using Sluice.Routing.Evidence;
using Sluice.Settings;
using Sluice.Tests.Body;
using Sluice.Tests.Downstream;
using Sluice.Tests.Uploads;
using Sluice.Uploads;
using Sluice.Webhooks;

namespace Sluice.Tests.Webhooks;

/// <summary>
/// A source of webhooks over a <see cref="Rig"/>: deliveries as its endpoint takes them, with the id in a header or at <c>/id</c> in the
/// body.
/// </summary>
internal sealed class Hook
{
    private readonly Rig _rig;
    private readonly WebhookSource _source;

    public Hook(Rig rig, TeeCommit? commit = null, bool idInBody = false)
    {
        _rig = rig;
        var options = new WebhookSourceOptions
        {
            Scheme = "none",
            IdHeader = idInBody ? null : "X-Id",
            IdPointer = idInBody ? "/id" : null,
            Store = new() { Container = "inbox" },
            Relay = commit is null ? null : new() { Target = "service" },
            Commit = commit,
        };
        var problems = new List<string>();
        _source = WebhookSource.Compile("it", options, ["inbox"], ["service"], null, new SettingProblems("it", null, problems))!;
        Assert.Empty(problems);
    }

    /// <summary>Takes a delivery; the service behind gets it too, where there is one.</summary>
    public async Task<Result<Sluice.Uploads.UploadOutcome>> TakeAsync(string? id, byte[] body, ScriptedDownstream? service = null)
    {
        Func<string, string?> header = name => name == "X-Id" ? id : null;
        var claim = _source.Scheme.Begin(header, _rig.Time.GetUtcNow()).Value();
        using var delivery = new WebhookDelivery(
            _source, claim, new RouteRequest("POST", "", null, null, Guid.NewGuid(), _rig.Time.GetUtcNow(), header, static _ => null));
        var taken = await _rig.UploadPipeline.TakeAsync(
            new Upload
            {
                Body = ScriptedBody.InPieces(body, 10_000).Incoming,
                Router = delivery,
                Checks = [delivery],
                Condition = new(null, "*"),
                IsDeduplicated = true,
                Downstreams = service ?? new ScriptedDownstream(),
            },
            _rig.Client.Token).AsTask().Soon();
        Assert.Equal(0, _rig.Pool.InUseBytes);
        return taken;
    }
}
