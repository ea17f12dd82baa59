using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Sluice.Body;
using Sluice.Peek;

namespace Sluice.MicroBenchmarks;

/// <summary>The window of 8 KiB that is looked at before anything is decided.</summary>
[BenchmarkCategory("Peek")]
public class Peeking
{
    private const int WindowBytes = 8 * 1024;

    private static readonly IncomingBody.Look<string?> _nothing = static (_, _) => null;
    private static readonly IncomingBody.Look<PeekResult> _sniff = ContentSniffer.Describe;

    private readonly IdleTimer _idle = Bodies.Idle();
    private IncomingBody _body = null!;
    private ReadOnlySequence<byte> _document;
    private JsonPointer _pointer = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _document = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Bodies.Json(WindowBytes)));
        _body = Bodies.Incoming(Bodies.InSegments(Encoding.UTF8.GetBytes(Bodies.Json(1 << 20))));
        _pointer = JsonPointer.TryParse("/type", out var pointer) ? pointer : throw new InvalidOperationException();
    }

    /// <summary>The window alone: the bytes stay in the pipe, so it can be done again.</summary>
    [Benchmark]
    public async ValueTask<bool> Window() =>
        (await _body.PeekAsync(WindowBytes, _idle, _nothing, CancellationToken.None)).TryGet(out _, out _);

    /// <summary>And the media type of what is in it.</summary>
    [Benchmark]
    public async ValueTask<bool> WindowAndSniff() =>
        (await _body.PeekAsync(WindowBytes, _idle, _sniff, CancellationToken.None)).TryGet(out _, out _);

    /// <summary>A value at the end of a JSON document of 10 KB.</summary>
    [Benchmark]
    public object JsonValue() => JsonPeek.Find(_document, complete: true, _pointer);
}
