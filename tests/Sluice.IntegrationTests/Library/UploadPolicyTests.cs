using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore;
using Sluice.Failures;
using Sluice.IntegrationTests.Faults;
using Sluice.IntegrationTests.Server;
using Sluice.IntegrationTests.Webhooks;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Library;

/// <summary>Code of the app that decides about uploads through Sluice's own routes, in one request.</summary>
public sealed class UploadPolicyTests(PolicyApp app) : IClassFixture<PolicyApp>
{
    private static readonly byte[] _gif = [.. "GIF89a"u8, .. new byte[5_000]];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sees_the_request_and_the_first_bytes_and_moves_the_body()
    {
        var (name, seen) = (Name(), default(IncomingUpload));
        using var content = Payload.Content(_gif, sized: true);
        using var answer = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{name}", content,
            upload =>
            {
                seen = upload;
                return new UploadDecision
                {
                    Container = app.Other.Name,
                    Name = $"tenant/{upload.Name}",
                    Restrictions = new UploadPolicy { Metadata = new Dictionary<string, string> { ["by"] = "policy" } },
                };
            },
            ("x-ms-meta-from", "client"), ("Content-Type", "image/gif"),
            ("Content-Disposition", "attachment; filename=\"a.gif\""));

        Assert.Equal(
            (HttpStatusCode.Created, $"/api/blobs/{app.Other.Name}/tenant/{name}"), (answer.StatusCode, $"{answer.Headers.Location}"));
        var receipt = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal((app.Other.Name, $"tenant/{name}"), ($"{receipt.GetProperty("container")}", $"{receipt.GetProperty("name")}"));
        var stored = await app.Other.GetBlobClient($"tenant/{name}").DownloadContentAsync(Cancelled);
        Assert.Equal(_gif, stored.Value.Content.ToArray());
        Assert.Equal(("client", "policy"), (stored.Value.Details.Metadata["from"], stored.Value.Details.Metadata["by"]));
        Assert.False(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));

        Assert.Equal(
            (app.Container.Name, name, null, null, "a.gif", _gif.Length, "image/gif", "client"),
            (seen!.Container, seen.Name, seen.Target, seen.Rule, seen.FileName, seen.Length, seen.DeclaredMediaType,
                seen.Metadata["from"]));
        Assert.StartsWith("address:", seen.Caller, StringComparison.Ordinal);
        Assert.Equal(("image/gif", true), (seen.Peek!.MediaType, seen.Peek.IsWhole));
        Assert.Equal(_gif, seen.Peek.FirstBytes.ToArray());
    }

    [Theory]
    [InlineData("blobs/{0}/{1}", true)]
    [InlineData("ingest/{1}", true)]
    [InlineData("relay/service/{1}", false)]
    public async Task What_it_refuses_goes_nowhere(string path, bool isStored)
    {
        var name = Name();
        using var content = Payload.Content(_gif, sized: false);
        using var answer = await app.SendAsync(
            HttpMethod.Put, $"/api/{string.Format(null, path, app.Container.Name, name)}", content,
            upload => upload is { Container: null } == isStored ? UploadDecision.Accept : UploadDecision.Refuse("Not on Sundays.", 422));

        Assert.Equal((HttpStatusCode)422, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(
            ("urn:sluice:problem:route-refused", "Not on Sundays."),
            ($"{problem.GetProperty("type")}", $"{problem.GetProperty("detail")}"));
        Assert.False(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));
        Assert.DoesNotContain(app.Service.Log, request => request.EndsWith(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("blobs/{0}/{1}", null)]
    [InlineData("ingest/{1}", "everything")]
    public async Task Its_limits_hold_on_top_of_the_configured_ones(string path, string? rule)
    {
        async Task<HttpResponseMessage> PutAsync(string name, byte[] body, UploadPolicy policy, bool sized = false) => await app.SendAsync(
            HttpMethod.Put, $"/api/{string.Format(null, path, app.Container.Name, name)}", Payload.Content(body, sized),
            upload => upload.Rule == rule ? new UploadDecision { Restrictions = policy } : UploadDecision.Refuse($"Rule {upload.Rule}."));

        var name = Name();
        using var created = await PutAsync(name, _gif, new UploadPolicy { CreateOnly = true, MaxBytes = _gif.Length });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var exists = await PutAsync(name, _gif, new UploadPolicy { CreateOnly = true });
        await ProblemDocument.ExpectAsync(exists, FailureKind.PreconditionFailed, Phase.Admit);
        using var chunked = await PutAsync(Name(), TestBody.Of(200_000), new UploadPolicy { MaxBytes = 100_000 });
        await ProblemDocument.ExpectAsync(chunked, FailureKind.BodyTooLarge, Phase.Transfer);
        using var declared = await PutAsync(Name(), TestBody.Of(200_000), new UploadPolicy { MaxBytes = 100_000 }, sized: true);
        await ProblemDocument.ExpectAsync(declared, FailureKind.BodyTooLarge, Phase.Admit);
        using var type = await PutAsync(
            Name(), "%PDF-1.7"u8.ToArray(), new UploadPolicy { MediaTypes = new MediaTypePolicyOptions { Allow = { "image/*" } } });
        await ProblemDocument.ExpectAsync(type, FailureKind.MediaTypeRefused, Phase.Route);
    }

    // The client's condition is about the blob that is written, not about the one that it named.
    [Fact]
    public async Task A_condition_holds_for_the_blob_that_the_policy_chose()
    {
        var name = Name();
        await app.Container.GetBlobClient(name).UploadAsync(new BinaryData("old"), Cancelled);

        UploadDecision Moved(IncomingUpload upload) => new() { Name = $"moved/{upload.Name}" };
        using var first = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{name}", Payload.Content(_gif, sized: true), Moved, ("If-None-Match", "*"));
        using var second = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{name}", Payload.Content(_gif, sized: true), Moved, ("If-None-Match", "*"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await ProblemDocument.ExpectAsync(second, FailureKind.PreconditionFailed, Phase.Admit);
    }

    [Fact]
    public async Task It_can_not_loosen_what_is_configured()
    {
        using var answer = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{Name()}", Payload.Content(TestBody.Of(PolicyApp.MaxBytes + 1), sized: false),
            static _ => new UploadDecision { Restrictions = new UploadPolicy { MaxBytes = 10 * PolicyApp.MaxBytes } });
        await ProblemDocument.ExpectAsync(answer, FailureKind.BodyTooLarge, Phase.Transfer);
    }

    // A database behind it would count it, and its quota.
    [Fact]
    public async Task What_Sluice_refuses_anyway_is_not_asked_about()
    {
        var asked = 0;
        UploadDecision Count(IncomingUpload upload)
        {
            asked++;
            return UploadDecision.Accept;
        }

        foreach (var path in (string[])[$"blobs/{app.Container.Name}/{Name()}", $"ingest/{Name()}", $"relay/service/{Name()}"])
        {
            using var large = await app.SendAsync(
                HttpMethod.Put, $"/api/{path}", Payload.Content(TestBody.Of(PolicyApp.MaxBytes + 1), sized: true), Count);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        }

        Assert.Equal(0, asked);
        using var stored = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{Name()}", Payload.Content(_gif, sized: true), Count);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_webhook_is_moved_and_still_stored_once_only()
    {
        var id = Name();
        async Task<HttpResponseMessage> DeliverAsync(byte[] body, string signature) => await app.SendAsync(
            HttpMethod.Post, "/api/hooks/github", Payload.Content(body, sized: true),
            upload => new UploadDecision { Name = $"{upload.Request.RouteValues["source"]}-moved/{upload.Name}" },
            ("X-GitHub-Delivery", id), ("X-GitHub-Event", "push"), ("X-Hub-Signature-256", signature));

        var body = """{"a":1}"""u8.ToArray();
        using var first = await DeliverAsync(body, Signed(body));
        using var again = await DeliverAsync(body, Signed(body));
        using var forged = await DeliverAsync("""{"a":2}"""u8.ToArray(), Signed(body));

        Assert.Equal(
            (HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Unauthorized),
            (first.StatusCode, again.StatusCode, forged.StatusCode));
        var stored = app.Container.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, default, "github-moved/", Cancelled);
        Assert.Single(await stored.Where(blob => blob.Name.Contains(id, StringComparison.Ordinal)).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_relayed_body_may_be_limited_but_not_stored()
    {
        var name = Name();
        using var passed = await app.SendAsync(
            HttpMethod.Post, $"/api/relay/service/{name}", Payload.Content(_gif, sized: false),
            static upload => upload is { Target: "service", Peek.MediaType: "image/gif" }
                ? UploadDecision.Accept
                : UploadDecision.Refuse("?"));
        using var large = await app.SendAsync(
            HttpMethod.Post, $"/api/relay/service/{Name()}", Payload.Content(_gif, sized: true),
            static _ => new UploadDecision { Restrictions = new UploadPolicy { MaxBytes = 10 } });
        using var named = await app.SendAsync(
            HttpMethod.Post, $"/api/relay/service/{Name()}", Payload.Content(_gif, sized: true),
            static _ => new UploadDecision { Name = "x" });

        Assert.StartsWith($"{_gif.Length} ", await passed.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        await ProblemDocument.ExpectAsync(large, FailureKind.BodyTooLarge, Phase.Admit);
        await ProblemDocument.ExpectAsync(named, FailureKind.Internal, Phase.Route);
    }

    public static TheoryData<string, Func<IncomingUpload, UploadDecision>> Bugs { get; } = new()
    {
        { "it throws", static _ => throw new InvalidTimeZoneException("secret") },
        { "it gives up by itself", static _ => throw new TaskCanceledException("secret") },
        { "no decision", static _ => null! },
        { "a limit that is none", static _ => new UploadDecision { Restrictions = new UploadPolicy { MaxBytes = -1 } } },
        { "metadata that is none", static _ => WithMetadata("not a name") },
        { "a tier that is none", static _ => new UploadDecision { Restrictions = new UploadPolicy { Features = new() { Tier = "Warm" } } } },
    };

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_bug_in_it_is_a_problem_and_nothing_is_stored(string bug, Func<IncomingUpload, UploadDecision> policy)
    {
        var name = Name();
        using var answer = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{name}", Payload.Content(_gif, sized: true), policy);

        var problem = await ProblemDocument.ExpectAsync(answer, FailureKind.Internal, Phase.Route);
        Assert.False(problem.Detail.Contains("secret", StringComparison.Ordinal), bug);
        Assert.False(await app.Container.GetBlobClient(name).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task A_choice_that_is_not_configured_is_refused_like_one_of_the_client()
    {
        using var container = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{Name()}", Payload.Content(_gif, sized: true),
            static _ => new UploadDecision { Container = "elsewhere" });
        using var name = await app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{Name()}", Payload.Content(_gif, sized: true),
            static _ => new UploadDecision { Name = "a//b" });

        await ProblemDocument.ExpectAsync(container, FailureKind.ContainerUnknown, Phase.Admit);
        await ProblemDocument.ExpectAsync(name, FailureKind.NameInvalid, Phase.Admit);
    }

    [Fact]
    public async Task It_is_told_when_the_client_leaves()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var asking = app.SendAsync(
            HttpMethod.Put, $"/api/blobs/{app.Container.Name}/{Name()}", Payload.Content(_gif, sized: true),
            async (_, cancellationToken) =>
            {
                await leave.CancelAsync();
                using var told = cancellationToken.Register(left.SetResult);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return UploadDecision.Accept;
            },
            leave.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await left.Task.WaitAsync(SluiceFixture.Patience, Cancelled);
    }

    // They state what they want themselves.
    [Fact]
    public async Task Uploads_of_the_apps_own_endpoints_do_not_pass_through_it()
    {
        using var answer = await app.SendAsync(
            HttpMethod.Put, $"/own/{Name()}", Payload.Content(_gif, sized: true), static _ => UploadDecision.Refuse("Never."));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("", 403)]
    [InlineData("Why.", 399)]
    [InlineData("Why.", 600)]
    public void A_refusal_has_a_reason_and_the_status_of_an_error(string reason, int status) =>
        Assert.ThrowsAny<ArgumentException>(() => UploadDecision.Refuse(reason, status));

    private static UploadDecision WithMetadata(string name) =>
        new() { Restrictions = new UploadPolicy { Metadata = new Dictionary<string, string> { [name] = "secret" } } };

    // A policy is tested like any other class.
    [Fact]
    public void An_upload_can_be_made_in_a_test()
    {
        var upload = new IncomingUpload
        {
            Request = new DefaultHttpContext().Request,
            Name = "a",
            Peek = BodyPeek.Of("GIF89a"u8.ToArray(), isWhole: true),
        };
        Assert.Equal(("a", "image/gif", ""), (upload.Name, upload.Peek.MediaType, upload.Caller));
    }

    private static string Signed(byte[] body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(HookServer.Secret), body))}";

    private static string Name() => $"{Guid.NewGuid():N}";
}
