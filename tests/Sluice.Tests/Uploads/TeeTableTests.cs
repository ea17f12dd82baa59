using Sluice.Digests;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Sluice.Tests.Body;
using Sluice.Tests.Downstream;
using Sluice.Tests.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Uploads;

/// <summary>The table of docs/relay.md, a test for each cell: what each party's failure does to the other, by rule.</summary>
public sealed class TeeTableTests
{
    private const int Length = 5 * Rig.BlockBytes;

    private static readonly byte[] Content = ScriptedBody.Content(Length);

    private readonly Rig _rig = new();

    /// <summary>What happens, under which rule; what the client gets; what is visible; what the downstream service saw.</summary>
    public static TheoryData<string, TeeCommit, string, bool, string> Cells => new()
    {
        { "all goes well", TeeCommit.Both, "receipt 200", true, "whole" },
        { "all goes well", TeeCommit.BlobFirst, "receipt 200", true, "whole" },
        { "all goes well", TeeCommit.DownstreamFirst, "its answer", true, "whole" },
        { "the client leaves", TeeCommit.Both, "ClientGone", false, "aborted" },
        { "the client leaves", TeeCommit.BlobFirst, "ClientGone", false, "aborted" },
        { "the client leaves", TeeCommit.DownstreamFirst, "ClientGone", false, "aborted" },
        { "the body is too large", TeeCommit.Both, "BodyTooLarge", false, "aborted" },
        { "the body is too large", TeeCommit.BlobFirst, "BodyTooLarge", false, "aborted" },
        { "the body is too large", TeeCommit.DownstreamFirst, "BodyTooLarge", false, "aborted" },
        { "the digest is wrong", TeeCommit.Both, "DigestMismatch", false, "aborted" },
        { "the digest is wrong", TeeCommit.BlobFirst, "DigestMismatch", false, "aborted" },
        { "the digest is wrong", TeeCommit.DownstreamFirst, "DigestMismatch", false, "aborted" },
        { "the service does not listen", TeeCommit.Both, "DownstreamUnreachable", false, "nothing" },
        { "the service does not listen", TeeCommit.BlobFirst, "receipt DownstreamUnreachable", true, "nothing" },
        { "the service does not listen", TeeCommit.DownstreamFirst, "DownstreamUnreachable", false, "nothing" },
        { "the service dies half-way", TeeCommit.Both, "DownstreamBroke", false, "nothing" },
        { "the service dies half-way", TeeCommit.BlobFirst, "receipt DownstreamBroke", true, "nothing" },
        { "the service dies half-way", TeeCommit.DownstreamFirst, "DownstreamBroke", false, "nothing" },
        { "the service refuses early", TeeCommit.Both, "DownstreamRefused 422", false, "aborted" },
        { "the service refuses early", TeeCommit.BlobFirst, "receipt 422", true, "aborted" },
        { "the service refuses early", TeeCommit.DownstreamFirst, "its answer", false, "aborted" },
        { "the service refuses at the end", TeeCommit.Both, "DownstreamRefused 422", false, "whole" },
        { "the service refuses at the end", TeeCommit.BlobFirst, "receipt 422", true, "whole" },
        { "the service refuses at the end", TeeCommit.DownstreamFirst, "its answer", false, "whole" },
        { "storage fails half-way", TeeCommit.Both, "StorageDenied", false, "aborted" },
        { "storage fails half-way", TeeCommit.BlobFirst, "StorageDenied", false, "aborted" },
        { "storage fails half-way", TeeCommit.DownstreamFirst, "its answer", false, "whole" },
        { "storage fails at the commit", TeeCommit.Both, "StorageDenied", false, "whole" },
        { "storage fails at the commit", TeeCommit.BlobFirst, "StorageDenied", false, "aborted" },
        { "storage fails at the commit", TeeCommit.DownstreamFirst, "its answer", false, "whole" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_body_of_unknown_length(string happening, TeeCommit rule, string client, bool published, string downstream) =>
        await RunAsync(happening, rule, null, client, published, downstream);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_body_of_declared_length(string happening, TeeCommit rule, string client, bool published, string downstream)
    {
        if (happening != "the body is too large")
        {
            await RunAsync(happening, rule, Length, client, published, downstream);
        }
    }

    private async Task RunAsync(string happening, TeeCommit rule, long? length, string client, bool published, string downstream)
    {
        var body = ScriptedBody.InPieces(Content, 50_000);
        var service = new ScriptedDownstream { DeclaredLength = length };
        switch (happening)
        {
            case "the client leaves":
                body = new ScriptedBody().Then(Content.AsMemory(0, Length - 1));
                body.Then(body.Leave);
                break;
            case "the body is too large":
                _rig.Body.MaxBytes = Length - 1;
                break;
            case "the service does not listen":
                service = new ScriptedDownstream { IsUnreachable = true };
                break;
            case "the service dies half-way":
                service = new ScriptedDownstream { DiesAt = Length / 2 };
                break;
            case "the service refuses early":
                service = new ScriptedDownstream { Status = 422, AnswersAt = Length / 2 };
                break;
            case "the service refuses at the end":
                service = new ScriptedDownstream { Status = 422, DeclaredLength = length };
                break;
            case "storage fails half-way":
                _rig.Storage.OnEvery(StorageOperation.PutBlock, Turn.Refuse(403, "AuthorizationFailure"));
                break;
            case "storage fails at the commit":
                _rig.Storage.OnEvery(StorageOperation.PutBlockList, Turn.Refuse(403, "AuthorizationFailure"));
                break;
        }

        var upload = new Upload
        {
            Digests = happening == "the digest is wrong" ? [new(DigestAlgorithm.Sha256, new byte[32])] : [],
            Body = body.Incoming,
            Destination = new(Rig.Target, new RelayPath("service", "in"), rule),
            Length = length,
            Downstreams = service,
        };
        var result = await _rig.UploadPipeline.TakeAsync(upload, _rig.Client.Token).AsTask().Soon();

        Assert.Equal(client, Reported(result, service));
        Assert.Equal(published, _rig.Storage.Blobs.ContainsKey(Rig.Target.ToString()));
        Assert.Equal(downstream, service.SawWhole ? "whole" : service.SawAbort ? "aborted" : "nothing");
        Assert.Equal(0, _rig.Pool.InUseBytes);
        if (published)
        {
            Assert.Equal(Content, _rig.Stored);
        }

        if (service.SawWhole)
        {
            Assert.Equal(Content, service.Received.ToArray());
        }
    }

    private static string Reported(Result<Sluice.Uploads.UploadOutcome> result, ScriptedDownstream service)
    {
        if (!result.TryGet(out var delivery, out var failure))
        {
            return failure.DownstreamStatus is { } refused ? $"{failure.Kind} {refused}" : failure.Kind.ToString();
        }

        Assert.Equal(delivery.Answered, service.Answered);
        return delivery.Answered
            ? "its answer"
            : $"receipt {delivery.Receipt!.Downstream!.Status?.ToString() ?? delivery.Receipt.Downstream.Failure!.Kind.ToString()}";
    }
}
