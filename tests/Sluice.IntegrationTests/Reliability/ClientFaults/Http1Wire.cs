using System.Globalization;
using System.Text;
using Kind = Sluice.IntegrationTests.Reliability.ClientFaults.ClientFaultKind;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>Composes what goes over the wire in HTTP/1.1 when a request goes wrong.</summary>
internal sealed class Http1Wire
{
    /// <summary>A request without a fault, behind which the server closes the connection.</summary>
    public const string Live = "GET /api/health/live HTTP/1.1\r\nHost: sluice\r\nConnection: close\r\n\r\n";

    private static readonly string[] _badChunks =
        ["ZZ\r\n", "-5\r\nhello\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "\r\n", "3\r\nlonger than three\r\n"];

    private readonly List<byte> _bytes = [];
    private readonly Kind _kind;
    private readonly Random _random;

    public Http1Wire(Kind kind, FaultyRequest request, Random random)
    {
        (_kind, _random) = (kind, random);
        Compose(request);
    }

    /// <summary>All that is sent.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.ToArray();

    /// <summary>How many of these are in front of the first byte of the body.</summary>
    public int HeadBytes { get; private set; }

    /// <summary>What the client does then.</summary>
    public AfterSending After { get; private set; }

    /// <summary>How many bytes of the body the server gets for certain; null where that is not known.</summary>
    public int? ArrivedBytes { get; private set; }

    /// <summary>Whether every byte of the body is sent, though the request is not whole.</summary>
    public bool AreAllBytesSent { get; private set; }

    private void Compose(FaultyRequest request)
    {
        var body = request.Body;
        var mayBeChunked = _kind != Kind.TooShort && !request.IsSized;
        var isChunked = _kind is Kind.HalfChunk or Kind.BadChunk || (mayBeChunked && (body.Length == 0 || _random.Next(2) == 0));
        var cut = Cut(body.Length, isChunked);
        AreAllBytesSent = cut == body.Length && (_kind is Kind.Fin or Kind.Stall or Kind.BadChunk);
        switch (_kind)
        {
            case Kind.StopReading or Kind.ResetInAnswer:
                AppendHead(request with { Headers = [.. request.Headers, ("Connection", "close")] }, isChunked: false, 0);
                break;
            case Kind.Fin or Kind.Reset or Kind.Stall:
                AppendHead(request, isChunked, body.Length);
                AppendBody(body.AsSpan(0, cut), isChunked);

                // Of a connection that breaks, what the server has not read by then is lost.
                ArrivedBytes = _kind == Kind.Stall ? cut : null;
                After = _kind == Kind.Fin ? AfterSending.Finish : _kind == Kind.Reset ? AfterSending.Reset : AfterSending.Wait;
                break;
            case Kind.Trickle:
                ComposeTrickle(request, isChunked);
                break;
            case Kind.CutHead:
                AppendHead(request, isChunked, body.Length);
                var cutHead = _random.Next(1, _bytes.Count - 2);
                _bytes.RemoveRange(cutHead, _bytes.Count - cutHead);
                After = Leaves();
                break;
            case Kind.HalfChunk:
                AppendHead(request, isChunked, 0);
                AppendBody(body.AsSpan(0, cut), isChunked);
                AppendText(string.Create(CultureInfo.InvariantCulture, $"{body.Length - cut + 2:x}\r\n"));
                _bytes.AddRange(body.AsSpan(cut));
                After = Leaves();
                break;
            case Kind.BadChunk:
                AppendHead(request, isChunked, 0);
                AppendBody(body.AsSpan(0, cut), isChunked);
                AppendText(_badChunks[_random.Next(_badChunks.Length)]);
                break;
            case Kind.TooShort:
                AppendHead(request, isChunked, body.Length + _random.Next(1, 1_000));
                AppendBody(body, isChunked);
                After = AfterSending.Finish;
                break;
            case Kind.NoBodyAfterContinue:
                var expecting = request with { Headers = [.. request.Headers, ("Expect", "100-continue")] };
                AppendHead(expecting, isChunked, Math.Max(1, body.Length));
                After = (AfterSending)_random.Next(3);
                break;
            case Kind.GarbageAfterRefusal:
                AppendWhole(request with { Target = "/api/blobs/nowhere/at-all", Method = "PUT" }, isChunked);
                AppendGarbage();
                break;
            default:
                AppendWhole(request, isChunked);
                if (_kind == Kind.TooLong)
                    AppendGarbage();
                if (_kind == Kind.Drip)
                    AppendText(Live);
                After = _kind switch
                {
                    Kind.HalfClosed => AfterSending.Finish,
                    Kind.LeaveAfterBody => AfterSending.Reset,
                    _ => AfterSending.Wait,
                };
                break;
        }
    }

    // Of one chunk, or of what is declared, the last byte is never sent. The first one comes with the head.
    private void ComposeTrickle(FaultyRequest request, bool isChunked)
    {
        var length = Math.Max(1, request.Body.Length);
        AppendHead(request, isChunked, length);
        if (isChunked)
            AppendText(string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n"));
        HeadBytes = _bytes.Count;
        _bytes.AddRange(request.Body.AsSpan(0, Math.Min(length - 1, request.Body.Length)));
        ArrivedBytes = Math.Min(1, length - 1);
    }

    private AfterSending Leaves() => _random.Next(2) == 0 ? AfterSending.Finish : AfterSending.Reset;

    // At the ends as often as between. Of chunks the last one says the end, so all bytes may have come.
    private int Cut(int length, bool isChunked)
    {
        var most = isChunked ? length : Math.Max(0, length - 1);
        return _random.Next(4) switch { 0 => 0, 1 => most, _ => _random.Next(most + 1) };
    }

    private void AppendWhole(FaultyRequest request, bool isChunked)
    {
        AppendHead(request, isChunked, request.Body.Length);
        HeadBytes = _bytes.Count;
        if (!request.HasBody)
            return;
        AppendBody(request.Body, isChunked);
        if (isChunked)
            AppendText("0\r\n\r\n");
    }

    private void AppendHead(FaultyRequest request, bool isChunked, long length)
    {
        AppendText($"{request.Method} {request.Target} HTTP/1.1\r\nHost: sluice\r\n");
        foreach (var (name, value) in request.Headers)
            AppendText($"{name}: {value}\r\n");
        if (request.HasBody && isChunked)
            AppendText("Transfer-Encoding: chunked\r\n");
        else if (request.HasBody)
            AppendText(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n"));
        AppendText("\r\n");
    }

    private void AppendBody(ReadOnlySpan<byte> bytes, bool isChunked)
    {
        while (isChunked && !bytes.IsEmpty)
        {
            var count = _random.Next(1, Math.Min(bytes.Length, 50_000) + 1);
            AppendText(string.Create(CultureInfo.InvariantCulture, $"{count:x}\r\n"));
            _bytes.AddRange(bytes[..count]);
            AppendText("\r\n");
            bytes = bytes[count..];
        }

        _bytes.AddRange(bytes);
    }

    // An empty line, which a server may skip (RFC 9112, section 2.2), is never the first thing.
    private void AppendGarbage()
    {
        var bytes = new byte[_random.Next(1, 3_000)];
        _random.NextBytes(bytes);
        bytes[0] = 1;
        _bytes.AddRange(bytes);
        AppendText("\r\n\r\n");
    }

    private void AppendText(string text) => _bytes.AddRange(Encoding.Latin1.GetBytes(text));
}
