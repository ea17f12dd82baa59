using Sluice.Failures;
using Sluice.Routing;
using Sluice.Tests.Body;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

/// <summary>Who hears of a body that failed.</summary>
public sealed class UploadListenerTests
{
    private readonly Listener _listener = new();

    [Theory]
    [InlineData(null, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Nobody_hears_of_what_strangers_may_have_forged(bool? isVouchedFor, int heard)
    {
        var rig = new Rig { Listener = _listener };
        var upload = new Upload
        {
            Body = ScriptedBody.Of(ScriptedBody.Content(100)).Incoming,
            Destination = new Destination(Rig.Target),
            Length = 100,
            MaxBytes = 10,
            IsVouchedFor = isVouchedFor is { } vouched ? () => vouched : null,
        };

        Assert.Equal(FailureKind.BodyTooLarge, (await rig.StoreAsync(upload)).Failure?.Kind);

        Assert.Equal(heard, _listener.Failures.Count);
        Assert.All(_listener.Failures, failed => Assert.Equal((upload.Id, Rig.Target), (failed.Upload.Id, failed.Upload.Target)));
    }

    [Fact]
    public async Task Nobody_hears_of_a_body_that_is_stored()
    {
        var rig = new Rig { Listener = _listener };

        (await rig.StoreAsync(new Upload
        {
            Body = ScriptedBody.Of(ScriptedBody.Content(100)).Incoming,
            Destination = new Destination(Rig.Target),
        })).Value();

        Assert.Empty(_listener.Failures);
    }

    private sealed class Listener : IUploadListener
    {
        public List<(UploadNote Upload, Failure Failure)> Failures { get; } = [];

        public void Created(UploadNote upload, DateTimeOffset expires)
        {
        }

        public void Advanced(UploadNote upload, long before, long offset)
        {
        }

        public void Failed(UploadNote upload, Failure failure) => Failures.Add((upload, failure));
    }
}
