using System.Net;
using System.Text;
using Sluice.Failures;
using Sluice.Resumable;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Resumable;

namespace Sluice.Tests.Storage;

/// <summary>
/// Whatever storage, or something before it, answers: it is storage's fault, retriable by its status,
/// and never a bug of ours or the client's.
/// </summary>
public sealed class StorageNonsenseTests
{
    private static readonly string[] _bodies =
    [
        "", "<html>Busy</html>", "<?xml version=\"1.0\"?><Error><Code>", "<Error/>", "{\"error\":", "\0\0\0",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><Error><Code>&a;</Code></Error>", "<BlockList><Committed", "not XML at all",
    ];

    private static readonly (string Name, string Value)[] _headers =
    [
        ("ETag", ""), ("ETag", "a\"b"), ("ETag", "\u00E9"), ("ETag", "\"a\u0001\""), ("Last-Modified", "yesterday"), ("Last-Modified", ""),
        ("Content-Length", "abc"), ("Content-MD5", "!"), ("x-ms-content-crc64", "not base64!"), ("x-ms-blob-type", "Nonsense"),
        ("x-ms-lease-state", "x"), ("x-ms-creation-time", "x"), ("x-ms-server-encrypted", "maybe"), ("Content-Range", "x"),
        ("x-ms-meta-name", "a\u0001b"), ("Content-Disposition", "\u007F"), ("x-ms-error-code", ""), ("Retry-After", "soon"),
        ("Retry-After", "99999999999"), ("Date", "x"), ("x-ms-tag-count", "many"), ("x-ms-blob-sequence-number", "x"),
        ("x-ms-copy-completion-time", "x"), ("Content-Type", "a b c"),
    ];

    public static TheoryData<int> Statuses =>
        [
            200, 201, 202, 204, 206, 300, 302, 304, 307, 400, 401, 403, 404, 408, 409, 410, 411, 412, 413, 416, 418, 429, 431, 451, 500,
            501, 502, 503, 504, 511, 599, 999
        ];

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task No_answer_is_taken_for_a_bug_or_blamed_on_the_client(int status)
    {
        IEnumerable<(string Body, (string, string) Header)> answers =
        [
            .. _bodies.Select(static body => (body, ("X-None", ""))), .. _headers.Select(static header => ("", header))
        ];
        foreach (var (body, header) in answers)
        {
            foreach (var (operation, failure) in await FailuresAsync(status, body, header))
            {
                var what = $"{operation} {status} '{body}' {header}: {failure?.Kind} {failure?.Detail}";
                Assert.False(
                    failure?.Kind is FailureKind.Internal or FailureKind.ClientGone or FailureKind.ClientStalled
                        or FailureKind.BodyTruncated, what);
                if (status is 429 or 503)
                {
                    Assert.True(failure is { Kind: FailureKind.StorageThrottled, RetryAfter: { } after } && after > TimeSpan.Zero, what);
                }
                else if (status >= 500 || (status < 400 && failure is not null))
                {
                    Assert.True(failure?.Party == Party.Storage, what);
                }
                else if (status >= 400)
                {
                    // 404 says to a look-up that nothing is there.
                    Assert.True(failure is not null || (status == 404 && operation is "find" or "list"), what);
                }
            }
        }
    }

    [Theory]
    [InlineData("<html>Busy</html>")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>")]
    [InlineData("\0")]
    public async Task A_gateway_that_is_busy_is_throttling_whatever_page_it_sends(string page)
    {
        foreach (var (_, failure) in await FailuresAsync(503, page, ("Retry-After", "7")))
        {
            Assert.Equal((FailureKind.StorageThrottled, TimeSpan.FromSeconds(7)), (failure!.Kind, failure.RetryAfter!.Value));
        }
    }

    [Fact]
    public async Task The_code_of_an_error_is_found_in_its_XML_too()
    {
        foreach (var (operation, failure) in await FailuresAsync(
            403, "<?xml version=\"1.0\"?><Error><Code>AuthorizationFailure</Code></Error>", ("X-None", "")))
        {
            Assert.True(failure is { Kind: FailureKind.StorageDenied, StorageErrorCode: "AuthorizationFailure" }, operation);
        }
    }

    [Fact]
    public async Task What_breaks_in_the_client_is_storages_and_what_breaks_in_our_own_streams_is_ours()
    {
        foreach (var exception in (Exception[])[
            new FormatException(), new InvalidOperationException(), new KeyNotFoundException(), new System.Text.Json.JsonException(),
            new DecoderFallbackException()])
        {
            foreach (var (operation, failure) in await FailuresAsync(_ => Turn.Throw(exception)(null!)))
            {
                Assert.True(failure is { Kind: FailureKind.StorageRejected }, $"{operation} {exception.GetType().Name}: {failure?.Kind}");
            }
        }

        var rig = new Rig();
        var broken = new BlockBlobStub(rig);
        Assert.Equal(FailureKind.Internal, (await broken.SendAsync()).Kind);
    }

    private static Task<List<(string Operation, Failure? Failure)>> FailuresAsync(
        int status, string body, (string Name, string Value) header) =>
        FailuresAsync(async exchange =>
        {
            await exchange.ReceiveAsync();
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) };
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
            _ = answer.Headers.TryAddWithoutValidation(header.Name, header.Value)
                || answer.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
            return answer;
        });

    // Every way in which storage is asked.
    private static async Task<List<(string Operation, Failure? Failure)>> FailuresAsync(StorageTurn turn)
    {
        var rig = new Rig();
        rig.Storage.Otherwise = turn;
        var reader = new BlobReader(rig.Clients);
        var read = await reader.OpenAsync(Rig.Target, default);
        if (read.TryGet(out var content, out _))
        {
            await content.Content.DisposeAsync();
        }

        var all = new Instances();
        return
        [
            ("find", (await reader.FindAsync(Rig.Target, Phase.Read, default)).Failure),
            ("open", read.Failure),
            ("part", (await reader.OpenPartAsync(Rig.Target, "0x1", 0, 1, default)).Failure),
            ("put blob", (await rig.UploadAsync(ScriptedBody.Of(new byte[3]))).Failure),
            ("put blocks", (await rig.UploadAsync(ScriptedBody.Of(new byte[3 * Rig.BlockBytes]))).Failure),
            ("list", (await new ChainStore(rig.Clients, new BlobReader(rig.Clients)).ReadAsync(all.Ticket, keepData: true, Phase.Admit, default)).Failure),
        ];
    }

    /// <summary>A stream of ours that has a bug.</summary>
    private sealed class BlockBlobStub(Rig rig)
    {
        public async Task<Failure> SendAsync()
        {
            try
            {
                await rig.Clients.Retrying(Rig.Target).StageBlockAsync(
                    "AAAA", new PassThroughStream(null!, 1, null!, TimeSpan.Zero, default));
                throw new InvalidOperationException("It was sent.");
            }
            catch (Exception e)
            {
                return StorageFailure.From(e, Phase.Transfer, StorageRequestKind.Write);
            }
        }
    }
}
