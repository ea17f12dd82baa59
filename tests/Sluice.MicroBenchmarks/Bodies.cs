using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using Sluice.Body;
using Sluice.Diagnostics;

namespace Sluice.MicroBenchmarks;

/// <summary>What bodies are made of here.</summary>
internal static class Bodies
{
    /// <summary>The size of Kestrel's buffers as Sluice sets it.</summary>
    public const int SegmentBytes = 32 * 1024;

    /// <summary>Random bytes, which no sniffer takes for anything.</summary>
    public static byte[] Random(int bytes)
    {
        var random = new byte[bytes];
        new Random(1).NextBytes(random);
        return random;
    }

    /// <summary>A JSON document of at least so many characters, whose last member is <c>type</c>.</summary>
    public static string Json(int characters)
    {
        var members = Enumerable.Range(0, characters / 20).Select(static i => $"\"member{i}\":\"value {i}\",");
        return $"{{{string.Concat(members)}\"type\":\"order.created\"}}";
    }

    /// <summary>Bytes in segments, as Kestrel's pipe has them.</summary>
    public static ReadOnlySequence<byte> InSegments(byte[] bytes)
    {
        var first = new Segment(bytes.AsMemory(0, Math.Min(SegmentBytes, bytes.Length)), 0);
        var last = first;
        for (var at = SegmentBytes; at < bytes.Length; at += SegmentBytes)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(SegmentBytes, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>A body that has arrived.</summary>
    public static IncomingBody Incoming(ReadOnlySequence<byte> bytes) => new(PipeReader.Create(bytes), static _ => false);

    /// <summary>A timer that never fires.</summary>
    public static IdleTimer Idle() => new(TimeSpan.FromHours(1), TimeProvider.System, new CancellationTokenSource());

    /// <summary>Metrics that nobody listens to.</summary>
    public static SluiceMetrics Metrics() => new(new Meters());

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long before) => (Memory, RunningIndex) = (memory, before);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
