using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Sluice.Peek;

namespace Sluice.MicroBenchmarks;

/// <summary>The media type of 8 KiB: the first rule that matches ends the search, and random bytes match none.</summary>
[BenchmarkCategory("Sniff")]
public class Sniffing
{
    private const int WindowBytes = 8 * 1024;

    private readonly ReadOnlySequence<byte> _html = Window([.. "<!DOCTYPE html><html>"u8, .. Bodies.Random(WindowBytes)]);
    private readonly ReadOnlySequence<byte> _png = Window([0x89, .. "PNG\r\n\u001a\n"u8, .. Bodies.Random(WindowBytes)]);
    private readonly ReadOnlySequence<byte> _zip = Window([.. "PK\u0003\u0004"u8, .. Bodies.Random(WindowBytes)]);
    private readonly ReadOnlySequence<byte> _json = Window(Encoding.UTF8.GetBytes(Bodies.Json(WindowBytes)));
    private readonly ReadOnlySequence<byte> _random = Window(Bodies.Random(WindowBytes));

    [Benchmark]
    public string? Html() => ContentSniffer.Sniff(_html, complete: false);

    [Benchmark]
    public string? Png() => ContentSniffer.Sniff(_png, complete: false);

    [Benchmark]
    public string? Zip() => ContentSniffer.Sniff(_zip, complete: false);

    [Benchmark]
    public string? Json() => ContentSniffer.Sniff(_json, complete: false);

    [Benchmark]
    public string? Random() => ContentSniffer.Sniff(_random, complete: false);

    private static ReadOnlySequence<byte> Window(byte[] bytes) => new(bytes, 0, WindowBytes);
}
