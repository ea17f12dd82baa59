using Sluice.Digests;
using Sluice.Failures;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

/// <summary>Writes down what is announced, and how many requests storage had got by then.</summary>
internal sealed class RecordingAnnouncer(ScriptedStorage storage) : ICommitAnnouncer
{
    /// <summary>What happened, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What prevents commits; null for nothing.</summary>
    public Failure? Failure { get; set; }

    public ICommitAnnouncement? Prepare(BlobWrite write) => new Announcement(this);

    private void Add(string what) => Log.Add($"{what} after {storage.Requests.Count}");

    private sealed class Announcement(RecordingAnnouncer announcer) : ICommitAnnouncement
    {
        private bool _isBegun;

        public void Begin()
        {
            if (!_isBegun)
                announcer.Add("begin");
            _isBegun = true;
        }

        public ValueTask<Failure?> AnnounceAsync(CancellationToken cancellationToken)
        {
            announcer.Add("announce");
            return new(announcer.Failure);
        }

        public void Confirm(Committed committed, long bytes, IReadOnlyList<Digest> digests) => announcer.Log.Add($"confirm {bytes}");

        public void Withdraw() => announcer.Log.Add("withdraw");
    }
}
