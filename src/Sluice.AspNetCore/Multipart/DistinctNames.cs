using Sluice.Failures;
using Sluice.Routing;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Multipart;

/// <summary>
/// Lets the app's own code decide about a file of a form, and checks that no earlier file has the name that it chose.
/// </summary>
internal sealed class DistinctNames(IUploadGate gate, FileNames names) : IUploadGate
{
    public async ValueTask<Result<Upload>> DecideAsync(
        Upload upload, Destination destination, string? rule, PeekedUpload? seen, CancellationToken cancellationToken)
    {
        var decided = await gate.DecideAsync(upload, destination, rule, seen, cancellationToken);
        return decided.TryGet(out var file, out _) && names.Check(file.Destination!) is { } taken ? taken : decided;
    }
}
