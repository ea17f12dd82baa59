using System.Diagnostics.Metrics;
using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Diagnostics;
using Sluice.Tests.Webhooks;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

/// <summary>How each end of a body is logged and counted. What succeeded is no failure, whether or not something was stored.</summary>
public sealed class OutcomeTests
{
    private readonly LogLines _lines = new();
    private readonly Rig _rig;

    public OutcomeTests() => _rig = new Rig { Logger = _lines };

    [Fact]
    public async Task Every_end_has_an_outcome_of_its_own_and_only_failures_are_failures()
    {
        using var counted = Count(out var counts);
        var hook = new Hook(_rig);
        await hook.TakeAsync("7", "one"u8.ToArray());
        await hook.TakeAsync("7", "one"u8.ToArray());
        await hook.TakeAsync("7", "two"u8.ToArray());
        await _rig.UploadPipeline.TakeAsync(
            new Upload { Body = ScriptedBody.Of("{}"u8.ToArray()).Incoming, Router = new Challenge() }, _rig.Client.Token);
        await _rig.UploadPipeline.TakeAsync(
            new Upload { Body = ScriptedBody.Of([1]).Incoming, Destination = new(new BlobTarget("none", "x")) }, _rig.Client.Token);

        Assert.Equal([1, 40, 1, 42, 41, 3], _lines.All.Select(static line => line.Event));
        Assert.Equal(
            [
                "sluice.failures ContainerUnknown", "sluice.upload.duration answered", "sluice.upload.duration duplicate",
                "sluice.upload.duration failed ContainerUnknown", "sluice.upload.duration stored", "sluice.upload.duration stored"
            ],
            counts.Order(StringComparer.Ordinal));
    }

    private MeterListener Count(out List<string> counts)
    {
        var all = counts = [];
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _rig.Meters)
                    && instrument.Name is "sluice.failures" or "sluice.upload.duration")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => all.Add(Named(instrument, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => all.Add(Named(instrument, tags)));
        listener.Start();
        return listener;
    }

    private static string Named(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(
        ' ',
        [
            instrument.Name, .. tags.ToArray().Where(static tag => tag.Key is "sluice.outcome" or "error.type" or "sluice.failure").Select(
                static tag => $"{tag.Value}")
        ]);

    private sealed class Challenge : Sluice.Routing.IRouter
    {
        public string Label => "hooks/slack";

        public Result<Sluice.Routing.RouteDecision> Decide(System.Buffers.ReadOnlySequence<byte> head, bool complete) =>
            new Sluice.Routing.RouteDecision("slack", null, null, null) { Challenge = new("here") };
    }
}
