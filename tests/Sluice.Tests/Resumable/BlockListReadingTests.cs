using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Sluice.Storage;

namespace Sluice.Tests.Resumable;

/// <summary>The list of blocks is read as it comes, wherever it is cut into pieces.</summary>
public sealed class BlockListReadingTests
{
    // Longer than the window that it is read through.
    private static readonly string[] _names =
    [
        .. Enumerable.Range(0, 1_000).Select(static i => Convert.ToBase64String(Encoding.ASCII.GetBytes($"block {i} of a long list+/")))
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task Every_name_is_heard_once_and_in_order(int pieceBytes)
    {
        var heard = new HeardBlocks();
        await ListAsync(heard, Xml(_names), pieceBytes);
        Assert.Equal(_names, heard.Names);
        Assert.Equal(DateTimeOffset.UnixEpoch, heard.Now);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task Every_name_is_heard_with_the_list_that_it_is_in(int pieceBytes)
    {
        var (heard, blocks) = (new HeardBlocks(), Xml(_names)[Xml([]).IndexOf("<Uncommitted", StringComparison.Ordinal)..]);
        await ListAsync(
            heard,
            $"<BlockList>"
                + $"{blocks.Replace("Uncommitted", "Committed", StringComparison.Ordinal).Replace("</BlockList>", "", StringComparison.Ordinal)}"
                + $"{blocks}",
            pieceBytes);
        Assert.Equal(_names, heard.Committed);
        Assert.Equal(_names, heard.Names);

        var (none, after) = (new HeardBlocks(), new HeardBlocks());
        await ListAsync(none, $"<BlockList><CommittedBlocks />{blocks}", pieceBytes);
        await ListAsync(
            after,
            $"<BlockList>{blocks.Replace("Uncommitted", "Committed", StringComparison.Ordinal).Replace("</BlockList>", "<UncommittedBlocks></UncommittedBlocks></BlockList>", StringComparison.Ordinal)}",
            pieceBytes);
        Assert.Equal((_names.Length, 0), (none.Names.Count, none.Committed.Count));
        Assert.Equal((0, _names.Length), (after.Names.Count, after.Committed.Count));
    }

    [Theory]
    [InlineData("<BlockList />")]
    [InlineData("<BlockList><UncommittedBlocks/></BlockList>\r\n")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><CommittedBlocks /><UncommittedBlocks /></BlockList>")]
    public async Task A_list_of_no_blocks_is_one(string xml)
    {
        var heard = new HeardBlocks();
        await ListAsync(heard, xml, 5);
        Assert.Empty(heard.Names);
        Assert.NotNull(heard.Now);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(50_000)]
    public async Task A_list_that_ends_early_is_none(int bytes)
    {
        var heard = new HeardBlocks();
        await Assert.ThrowsAsync<IOException>(() => ListAsync(heard, Xml(_names)[..bytes], 1_000));
        Assert.Null(heard.Now);
    }

    // The last bytes of a list that was cut within a block's name, or of something else.
    [Theory]
    [InlineData("/>")]
    [InlineData("<BlockList><UncommittedBlocks><Block><Name>QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo/>")]
    public async Task A_list_that_ends_as_an_empty_one_does_and_is_none_is_none(string xml) =>
        await Assert.ThrowsAsync<IOException>(() => ListAsync(new HeardBlocks(), xml, 1_000));

    private static string Xml(IEnumerable<string> names) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><UncommittedBlocks>"
            + $"{string.Concat(names.Select(static name => $"<Block><Name>{name}</Name><Size>1048576</Size></Block>"))}"
            + $"</UncommittedBlocks></BlockList>";

    private static async Task ListAsync(IBlockListListener heard, string xml, int pieceBytes)
    {
        using var http = new HttpClient(new OneAnswer(Encoding.UTF8.GetBytes(xml), pieceBytes));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(http), Retry = { MaxRetries = 0 } };
        options.AddPolicy(new StreamedAnswers(), HttpPipelinePosition.PerCall);
        using (StreamedAnswers.ReadBy(new BlockListReading(heard)))
        {
            await new BlockBlobClient(new Uri("https://account.example/container/blob"), options).GetBlockListAsync(
                BlockListTypes.Uncommitted, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private sealed class HeardBlocks : IBlockListListener
    {
        public List<string> Names { get; } = [];

        public List<string> Committed { get; } = [];

        public DateTimeOffset? Now { get; private set; }

        public void Block(ReadOnlySpan<byte> name, bool isCommitted) =>
            (isCommitted ? Committed : Names).Add(Encoding.ASCII.GetString(name));

        public void Ended(DateTimeOffset now) => Now = now;
    }

    private sealed class OneAnswer(byte[] body, int pieceBytes) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StreamContent(new Pieces(body, pieceBytes)) { Headers = { { "Content-Type", "application/xml" } } },
                Headers = { Date = DateTimeOffset.UnixEpoch },
            });
    }

    private sealed class Pieces(byte[] body, int pieceBytes) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
