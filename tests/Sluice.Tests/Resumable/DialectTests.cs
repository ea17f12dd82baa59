using CsCheck;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>Both protocols tell of one sequence of appends the same offsets.</summary>
public sealed class DialectTests
{
    // Where a request says that it begins, from where the upload is: mostly there, sometimes before or behind.
    private static readonly Gen<(int Bytes, int Wrong)[]> _appends = Gen.Select(
        Gen.OneOf(Gen.Int[0, 3], Gen.Int[Rig.BlockBytes - 1, Rig.BlockBytes + 1], Gen.Int[0, 3 * Rig.BlockBytes]),
        Gen.OneOf(Gen.Const(0), Gen.Const(0), Gen.Const(0), Gen.Int[-2, 2])).Array[1, 6];

    [Fact]
    public Task For_one_sequence_of_appends_tus_and_http_report_the_same_offsets() =>
        Gen.Select(_appends, Gen.Bool, Gen.Bool).SampleAsync(static async (appends, isDeferred, withCreation) =>
        {
            var tus = await RunAndLogAsync(UploadDialect.Tus, appends, isDeferred, withCreation);
            var http = await RunAndLogAsync(UploadDialect.Http, appends, isDeferred, withCreation);

            Assert.Equal(tus, http);
        }, iter: 60);

    // What each request is answered, and what somebody who asks after it is told.
    private static async Task<List<string>> RunAndLogAsync(
        UploadDialect dialect, (int Bytes, int Wrong)[] appends, bool isDeferred, bool withCreation)
    {
        var all = new Instances();
        var instance = all.New();

        // One byte more than comes, so that no upload is complete: what follows then is each protocol's own.
        all.Ticket = all.Ticket with
        {
            Dialect = dialect,
            Length = isDeferred ? null : appends.Sum(static append => (long)append.Bytes) + 1
        };
        var told = new List<string> { Reported(await all.CreateAsync(instance, withCreation ? [] : null)) };
        var at = 0L;
        foreach (var (bytes, wrong) in appends)
        {
            all.Advance(TimeSpan.FromMilliseconds(1));
            told.Add(Reported(await all.AppendAsync(instance, Math.Max(0, at + wrong), Instances.Bytes(bytes, bytes))));
            all.Advance(TimeSpan.FromMilliseconds(1));
            var found = await all.FindAsync(instance);
            told.Add(Reported(found));
            at = found.Value().Offset;
        }

        return told;
    }

    private static string Reported(Result<UploadStatus> result) => result.TryGet(out var status, out var failure)
        ? $"{status.Offset} of {status.Length}, {(status.IsComplete ? "complete" : "not complete")}"
        : $"{failure.Kind} {failure.Offsets}";
}
