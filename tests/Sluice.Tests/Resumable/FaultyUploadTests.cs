using Sluice.Resumable;

namespace Sluice.Tests.Resumable;

/// <summary>
/// Whatever storage answers, to whichever of an upload's requests: no success without the intended bytes, no blob that is short, no offset
/// that goes back, and an end once storage is well again.
/// </summary>
public sealed class FaultyUploadTests
{
    // As InterleavingTests: all of it takes minutes.
    private static readonly bool _full = Environment.GetEnvironmentVariable("SLUICE_FULL") == "1";

    public static TheoryData<int, bool, bool> Uploads() => new(
        from dialect in Enum.GetValues<UploadDialect>()
        from digest in (bool[])[false, true]
        from creation in (bool[])[false, true]
        select ((int)dialect, digest, creation));

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Every_fault_at_every_request_to_storage_is_told_and_leaves_an_upload_that_can_be_completed(
        int dialect, bool digest, bool creation)
    {
        // Each request meets every fourth of the faults, and its neighbours the others; all of them where there is time.
        var step = _full ? 1 : 4;
        for (var (index, reached) = (0, true); reached; index++)
        {
            reached = false;
            foreach (var fault in StorageFault.All.Skip(index % step).Where((_, number) => number % step == 0))
            {
                reached |= await FaultyUpload.RunWithAsync(new FaultPlan((UploadDialect)dialect, [70_000, 66_000], fault, index)
                {
                    HasDigest = digest,
                    WithCreation = creation
                });
            }

            Assert.True(reached || index >= 10);
        }
    }

    [Fact]
    public async Task Any_upload_survives_any_faults()
    {
        for (var seed = 0; seed < (_full ? 5_000 : 150); seed++)
        {
            await FaultyUpload.RunWithAsync(FaultPlan.Of(seed));
        }
    }
}
