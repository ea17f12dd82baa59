using System.Buffers;

namespace Sluice.Tests.Peek;

/// <summary>One piece of a body that arrived in pieces.</summary>
internal sealed class SniffSegments : ReadOnlySequenceSegment<byte>
{
    private SniffSegments(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    /// <summary>The body, cut at these offsets in rising order. Equal offsets make empty pieces.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] body, params ReadOnlySpan<int> offsets)
    {
        var start = 0;
        SniffSegments? first = null, last = null;
        foreach (var end in (ReadOnlySpan<int>)[.. offsets, body.Length])
        {
            // Each piece in an array of its own: reading past its end must not find the next one by chance.
            var segment = new SniffSegments(body.AsSpan(start, end - start).ToArray(), start);
            if (last is not null) last.Next = segment;
            first ??= segment;
            last = segment;
            start = end;
        }

        return new(first!, 0, last!, last!.Memory.Length);
    }
}
