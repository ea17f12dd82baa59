using Sluice.Digests;
using Sluice.Failures;

namespace Sluice.Webhooks;

/// <summary>
/// Passes if at least one of several checks passes; all are evaluated. If none passes, the last one's failure is returned.
/// </summary>
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
