using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>Accepts every body: nothing of it is signed.</summary>
internal sealed class NoCheck : IBodyCheck
{
    public static NoCheck Instance { get; } = new();

    public void Append(ReadOnlySpan<byte> bytes)
    {
    }

    public Failure? Verify() => null;

    public void Dispose()
    {
    }
}
