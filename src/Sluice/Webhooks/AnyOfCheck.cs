using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>Agrees if one of several does; all are asked. If none does, the last one's failure stands.</summary>
internal sealed class AnyOfCheck(IReadOnlyList<IBodyCheck> checks) : IBodyCheck
{
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var check in checks)
        {
            check.Append(bytes);
        }
    }

    public Failure? Verify()
    {
        var failures = checks.Select(static check => check.Verify()).ToList();
        return failures.Contains(null) ? null : failures[^1];
    }

    public void Dispose()
    {
        foreach (var check in checks)
        {
            check.Dispose();
        }
    }
}
