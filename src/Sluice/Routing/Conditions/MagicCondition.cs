using System.Buffers;
using Sluice.Names;
using Sluice.Peek;
using Sluice.Routing.Evidence;

namespace Sluice.Routing.Conditions;

/// <summary>Holds if the body has certain bytes at a certain offset, within the bytes seen.</summary>
internal sealed class MagicCondition(int offset, byte[] bytes) : RouteCondition($"magic:{offset}", Convert.ToHexString(bytes))
{
    public override ConditionResult Look(RouteEvidence evidence)
    {
        if (evidence.Head.Length < (long)offset + bytes.Length)
        {
            return new(false, $"{(evidence.Complete ? "the body is" : "the inspected part is")} {evidence.Head.Length} bytes long");
        }

        var seen = evidence.Head.Slice(offset, bytes.Length);
        return new(new SequenceReader<byte>(seen).IsNext(bytes), Hex(seen));
    }

    /// <summary>Returns why bytes at an offset can't be checked, or null.</summary>
    public static string? Problem(int offset, int bytes) => (long)offset + bytes > ContentSniffer.WindowBytes
        ? $"the bytes end beyond the first {ContentSniffer.WindowBytes}, the largest window"
        : null;

    // Only as much as is shown.
    private static string Hex(ReadOnlySequence<byte> seen) =>
        Convert.ToHexString(seen.Slice(0, Math.Min(seen.Length, (Redaction.MaxCharacters / 2) + 1)).ToArray());
}
