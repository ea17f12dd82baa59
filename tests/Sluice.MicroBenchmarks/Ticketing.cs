using BenchmarkDotNet.Attributes;
using Sluice.Resumable;
using Sluice.Storage;

namespace Sluice.MicroBenchmarks;

/// <summary>The address of a resumable upload: made once, and read again by each of its requests.</summary>
[BenchmarkCategory("Ticket")]
public class Ticketing
{
    private readonly TicketSeal _seal = new([new byte[TicketSeal.KeyBytes]]);

    private readonly UploadTicket _ticket = new()
    {
        Id = Guid.NewGuid(),
        Target = new BlobTarget("uploads", "2026/report.pdf"),
        Expires = DateTimeOffset.UnixEpoch.AddYears(60),
        Length = 1_000_000_000,
        Metadata = "filename cmVwb3J0LnBkZg==,filetype YXBwbGljYXRpb24vcGRm",
        Properties = new BlobProperties { ContentType = "application/pdf" },
    };

    private string _sealed = "";

    [GlobalSetup]
    public void SetUp() => _sealed = Seal();

    [Benchmark]
    public string Seal() => _seal.Seal(_ticket).TryGet(out var text, out _) ? text : throw new InvalidOperationException();

    [Benchmark]
    public bool Open() => _seal.TryOpen(_sealed, out _);
}
