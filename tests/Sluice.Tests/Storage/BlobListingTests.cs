using Sluice.Failures;
using Sluice.Storage;
using Sluice.Tests.Resumable;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>A list of blobs is read as a stream, and what is no list is a failure of storage.</summary>
public sealed class BlobListingTests
{
    private const string Blobs = """
        <Blob><Name>a &amp; b.txt</Name><Properties><Creation-Time>Thu, 01 Jan 1970 00:00:00 GMT</Creation-Time>
        <Last-Modified>Sat, 28 Nov 2026 15:00:00 GMT</Last-Modified><Etag>0x8DC</Etag><Content-Length>5</Content-Length>
        <Content-Type>text/plain</Content-Type><Content-Encoding>br</Content-Encoding><Content-MD5 /><BlobType>BlockBlob</BlobType>
        </Properties><Metadata><Etag>mine</Etag></Metadata><OrMetadata /></Blob>
        <BlobPrefix><Name>folder/</Name></BlobPrefix>
        <Blob><Name Encoded="true">%EF%BF%BE%25</Name><Properties><Last-Modified>Sat, 28 Nov 2026 15:00:01 GMT</Last-Modified>
        <Etag>"0x8DD"</Etag><Content-Length>9223372036854775807</Content-Length><Content-Type /></Properties></Blob>
        <Blob><Name> </Name><Properties><Last-Modified>Sat, 28 Nov 2026 15:00:02 GMT</Last-Modified><Etag>0x8DE</Etag>
        <Content-Length>0</Content-Length></Properties></Blob>
        """;

    private readonly Rig _rig = new();

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    private BlobListing Listing => new(_rig.Clients);

    [Fact]
    public async Task A_page_has_blobs_prefixes_and_where_the_next_one_begins()
    {
        _rig.Storage.OnEvery(StorageOperation.ListBlobs, Turn.Say(List(Blobs, "2!8!YWJj")));

        var page = (await Listing.ReadAsync(new BlobQuery("inbox", "a b/\u00FC", "/", 7, "before"), Unending)).Value();

        var at = new DateTimeOffset(2026, 11, 28, 15, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [
                new ListedBlob("a & b.txt", 5, "\"0x8DC\"", at, "text/plain", "br"),
                new ListedBlob("\uFFFE%", long.MaxValue, "\"0x8DD\"", at.AddSeconds(1), null, null),
                new ListedBlob(" ", 0, "\"0x8DE\"", at.AddSeconds(2), null, null),
            ],
            page.Blobs);
        Assert.Equal(["folder/"], page.Prefixes);
        Assert.Equal("2!8!YWJj", page.Marker);
        var request = Assert.Single(_rig.Storage.Requests);
        Assert.Equal(
            ("inbox", "container", "a b/\u00FC", "/", "7", "before"),
            (
                request.Blob, request.Query("restype"), request.Query("prefix"), request.Query("delimiter"), request.Query("maxresults"),
                request.Query("marker")));
    }

    [Fact]
    public async Task A_list_without_a_delimiter_and_without_blobs_is_one_too()
    {
        _rig.Storage.OnEvery(StorageOperation.ListBlobs, Turn.Say(List("", "")));

        var page = (await Listing.ReadAsync(new BlobQuery("inbox", "", null, 100, null), Unending)).Value();

        Assert.Equal((0, 0, null), (page.Blobs.Count, page.Prefixes.Count, page.Marker));
        var request = Assert.Single(_rig.Storage.Requests);
        Assert.Equal((null, null), (request.Query("delimiter"), request.Query("marker")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public async Task A_list_is_read_however_it_is_cut_into_pieces(int pieceBytes)
    {
        var reading = new BlobListReading();

        await reading.ReadAsync(new PiecewiseStream(System.Text.Encoding.UTF8.GetBytes(List(Blobs, "x")), pieceBytes), default, Unending);

        Assert.Equal((3, "x"), (reading.Page.Blobs.Count, reading.Page.Marker));
    }

    // The largest page that can be requested, with as many properties as Azure sends: more than a megabyte of XML.
    [Fact]
    public async Task A_page_costs_less_memory_than_two_times_its_XML()
    {
        var blob = "<Blob><Name>2026/07/some/folder/a-name-as-they-are-{0}.json</Name><Properties>"
            + "<Last-Modified>Sat, 28 Nov 2026 15:00:00 GMT</Last-Modified><Etag>0x8DE2E4A1B2C3D40</Etag><Content-Length>5</Content-Length>"
            + "<Content-Type>application/json</Content-Type><Content-Encoding />"
            + string.Concat(Enumerable.Range(0, 20).Select(static i => $"<Property-{i}>with a value of some length</Property-{i}>"))
            + "</Properties></Blob>";
        var xml = System.Text.Encoding.UTF8.GetBytes(List(
            string.Concat(Enumerable.Range(0, 1_000).Select(i => blob.Replace("{0}", $"{i:0000}", StringComparison.Ordinal))), "x"));
        await new BlobListReading().ReadAsync(new MemoryStream(xml), default, Unending);

        var (reading, before) = (new BlobListReading(), GC.GetAllocatedBytesForCurrentThread());
        var read = reading.ReadAsync(new MemoryStream(xml), default, Unending);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(1_000, reading.Page.Blobs.Count);
        Assert.InRange(xml.Length, 1_000_000, 2_000_000);
        Assert.InRange(allocated, 0, 2_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Please sign in.</body></html>")]
    [InlineData("<EnumerationResults><Blobs>")]
    [InlineData("<EnumerationResults><Blobs></EnumerationResults>")]
    [InlineData("<EnumerationResults><Blobs><Blob><Name>a</Name></Blob></Blobs></EnumerationResults>")]
    [InlineData("<EnumerationResults><Blobs><BlobPrefix /></Blobs></EnumerationResults>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><EnumerationResults><NextMarker>&x;</NextMarker></EnumerationResults>")]
    public async Task What_is_no_list_is_storage_s_failure(string xml)
    {
        _rig.Storage.OnEvery(StorageOperation.ListBlobs, Turn.Say(xml));

        (await Listing.ReadAsync(new BlobQuery("inbox", "", null, 100, null), Unending))
            .Failed(FailureKind.StorageUnreachable, Phase.List);
    }

    [Theory]
    [InlineData("<Content-Length>5</Content-Length>", "<Content-Length>-5</Content-Length>")]
    [InlineData("<Content-Length>5</Content-Length>", "<Content-Length>9223372036854775808</Content-Length>")]
    [InlineData("<Content-Length>5</Content-Length>", "")]
    [InlineData("<Etag>0x8DC</Etag>", "<Etag>W/\"x\"</Etag>")]
    [InlineData("<Etag>0x8DC</Etag>", "<Etag />")]
    [InlineData("Sat, 28 Nov 2026 15:00:00 GMT", "yesterday")]
    public async Task A_blob_that_can_t_be_one_makes_it_no_list(string part, string instead)
    {
        _rig.Storage.OnEvery(
            StorageOperation.ListBlobs, Turn.Say(List(Blobs.Replace(part, instead, StringComparison.Ordinal), "")));

        (await Listing.ReadAsync(new BlobQuery("inbox", "", null, 100, null), Unending))
            .Failed(FailureKind.StorageUnreachable, Phase.List);
    }

    [Theory]
    [InlineData(404, "ContainerNotFound", nameof(FailureKind.StorageRejected))]
    [InlineData(400, "OutOfRangeInput", nameof(FailureKind.QueryInvalid))]
    [InlineData(403, "AuthorizationFailure", nameof(FailureKind.StorageDenied))]
    [InlineData(503, "ServerBusy", nameof(FailureKind.StorageThrottled))]
    public async Task A_list_that_fails_is_a_failure(int status, string code, string kind)
    {
        _rig.Storage.OnEvery(StorageOperation.ListBlobs, Turn.Refuse(status, code));

        var failure = (await Listing.ReadAsync(new BlobQuery("inbox", "", "/", 100, null), Unending))
            .Failed(Enum.Parse<FailureKind>(kind), Phase.List);

        Assert.Equal(code, failure.StorageErrorCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/")]
    public async Task A_client_that_leaves_during_the_list_is_gone_and_storage_is_not_waited_for(string? delimiter)
    {
        var ended = new TaskCompletionSource();
        _rig.Storage.OnEvery(StorageOperation.ListBlobs, async exchange =>
        {
            // Storage's client gives up after half a minute by itself.
            await using var ends = exchange.CancellationToken.UnsafeRegister(_ => ended.TrySetResult(), null);
            await _rig.Client.CancelAsync();
            Assert.True(ended.Task.IsCompleted);
            throw new OperationCanceledException(exchange.CancellationToken);
        });

        (await Listing.ReadAsync(new BlobQuery("inbox", "", delimiter, 100, null), _rig.Client.Token).AsTask().Soon())
            .Failed(FailureKind.ClientGone, Phase.List);
        Assert.True(ended.Task.IsCompleted);
    }

    private static string List(string blobs, string marker) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"http://x/\" ContainerName=\"inbox\">"
            + $"<Prefix /><MaxResults>7</MaxResults><Delimiter>/</Delimiter><Blobs>{blobs}</Blobs><NextMarker>{marker}</NextMarker>"
            + "</EnumerationResults>";
}
