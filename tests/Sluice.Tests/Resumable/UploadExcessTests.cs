using Sluice.Digests;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Tests.Body;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Resumable;

/// <summary>What becomes of an upload that gets more bytes than it has.</summary>
public sealed class UploadExcessTests
{
    private const int Length = 150_000;

    private readonly Instances _all = new();
    private readonly Rig _rig;
    private readonly byte[] _bytes = Instances.Bytes(1, Length);

    public UploadExcessTests() => _rig = _all.New();

    // Neither of them says how much it brings.
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task More_bytes_than_the_upload_has_are_refused_wherever_they_begin(int offset)
    {
        _all.Ticket = _all.Ticket with { Length = Length };
        await CreateAsync();
        (await _all.AppendAsync(_rig, 0, _bytes[..offset]).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
        var body = ScriptedBody.Arrived([.. _bytes[offset..], 1]);

        (await _all.AppendAsync(_rig, new Append { Body = body.Incoming, Offset = offset }).Soon()).Failed(
            FailureKind.UploadLengthInconsistent, Phase.Transfer);

        Assert.Null(_all.Stored);
    }

    [Theory]
    [InlineData(nameof(UploadDialect.Http), false, true)]
    [InlineData(nameof(UploadDialect.Http), true, true)]
    [InlineData(nameof(UploadDialect.Tus), false, false)]
    [InlineData(nameof(UploadDialect.Tus), true, false)]
    public async Task More_bytes_than_the_upload_has_end_it_where_the_protocol_demands_that(string dialect, bool isHeld, bool ends)
    {
        _all.Ticket = _all.Ticket with { Length = Length, Dialect = Enum.Parse<UploadDialect>(dialect) };
        await CreateAsync();
        var append = new Append
        {
            Body = ScriptedBody.Arrived([.. _bytes, 1]).Incoming,
            Offset = 0,
            Digests = isHeld ? [new Digest(DigestAlgorithm.Crc32, [1, 2, 3, 4])] : [],
        };

        var refused = (await _all.AppendAsync(_rig, append).Soon()).Failed(FailureKind.UploadLengthInconsistent, Phase.Transfer);

        Assert.Equal(ends, refused.Detail.EndsWith("The upload is invalid now.", StringComparison.Ordinal));
        var found = await _all.FindAsync(_rig).Soon();
        Assert.Equal(ends ? FailureKind.UploadGone : null, found.Failure?.Kind);
        Assert.True(ends || isHeld == (found.Value().Offset == 0));
    }

    // The limit was lowered after the upload was created: that it was declared larger is no mistake of its client.
    [Fact]
    public async Task A_limit_that_is_below_the_length_ends_no_upload()
    {
        _all.Ticket = _all.Ticket with { Length = Length, Dialect = UploadDialect.Http };
        await CreateAsync();
        _rig.Resumable.MaxBytes = Length - 1;

        (await _all.AppendAsync(_rig, new Append { Body = ScriptedBody.Arrived(_bytes).Incoming, Offset = 0 }).Soon())
            .Failed(FailureKind.BodyTooLarge, Phase.Transfer);

        (await _all.FindAsync(_rig).Soon()).Value();
    }

    private async Task CreateAsync()
    {
        (await _all.CreateAsync(_rig).Soon()).Value();
        _all.Advance(TimeSpan.FromMilliseconds(1));
    }
}
