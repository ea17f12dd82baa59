using System.Buffers.Binary;
using System.Net.Sockets;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>A client of HTTP/2 without TLS that sends exactly the frames it is told to, and reads only when it is told to.</summary>
internal sealed class RawHttp2Client : IDisposable
{
    private const int FrameBytes = 16_384;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationToken _cancelled;
    private readonly Dictionary<int, RawStream> _streams = [];
    private readonly bool _opens;
    private NetworkStream _stream = null!;
    private long _window = 65_535;
    private int _initialWindow = 65_535;
    private int _nextId = 1;

    private RawHttp2Client(bool opens, CancellationToken cancellationToken) => (_opens, _cancelled) = (opens, cancellationToken);

    /// <summary>The code with which the server has ended the connection (GOAWAY); null if it has not.</summary>
    public int? GoAwayCode { get; private set; }

    /// <summary>Whether the server has closed the connection, as far as it was read.</summary>
    public bool IsClosed { get; private set; }

    /// <param name="address">The server.</param>
    /// <param name="opens">Whether the server may send bodies at all.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public static async Task<RawHttp2Client> ConnectAsync(Uri address, bool opens, CancellationToken cancellationToken)
    {
        var client = new RawHttp2Client(opens, cancellationToken);
        await client._socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        client._stream = new NetworkStream(client._socket);
        await client.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());

        // SETTINGS_HEADER_TABLE_SIZE 0, SETTINGS_INITIAL_WINDOW_SIZE.
        byte[] settings = [0, 1, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(settings.AsSpan(8), opens ? 1 << 20 : 0);
        await client.SendFrameAsync(FrameType.Settings, 0, 0, settings);
        return client;
    }

    /// <summary>Begins a request.</summary>
    public async Task<RawStream> BeginAsync(
        string method, string target, IEnumerable<(string, string)> headers, bool ends, bool areWhole = true)
    {
        var stream = new RawStream(_nextId, _initialWindow);
        _nextId += 2;
        _streams[stream.Id] = stream;
        var block = HeaderBlock.Write([(":method", method), (":scheme", "http"), (":authority", "sluice"), (":path", target), .. headers]);
        await SendFrameAsync(FrameType.Headers, (ends ? 1 : 0) | (areWhole ? 4 : 0), stream.Id, block);
        return stream;
    }

    /// <summary>Sends a part of a body as soon as the server takes it, or until it has ended the stream.</summary>
    public async Task SendDataAsync(RawStream stream, ReadOnlyMemory<byte> bytes, bool ends)
    {
        do
        {
            while (!bytes.IsEmpty && Math.Min(_window, stream.Window) <= 0 && !stream.IsOver)
            {
                if (!await ReadFrameAsync())
                    return;
            }

            if (stream.IsOver)
                return;
            var count = (int)Math.Min(Math.Min(_window, stream.Window), Math.Min(bytes.Length, FrameBytes));
            var isLast = ends && count == bytes.Length;
            await SendFrameAsync(FrameType.Data, isLast ? 1 : 0, stream.Id, bytes[..count]);
            (_window, stream.Window, bytes) = (_window - count, stream.Window - count, bytes[count..]);
        }
        while (!bytes.IsEmpty);
    }

    /// <summary>Sends a part of a body whatever the server takes, until it has closed the connection.</summary>
    public async Task OverrunAsync(RawStream stream, int count)
    {
        var frame = new byte[FrameBytes];
        try
        {
            for (var sent = 0; sent < count; sent += FrameBytes)
            {
                await SendFrameAsync(FrameType.Data, 0, stream.Id, frame);
                (_window, stream.Window) = (_window - FrameBytes, stream.Window - FrameBytes);
            }
        }
        catch (IOException)
        {
            // Closed; what the server said before can be read.
        }
    }

    /// <summary>Whether more was sent than the server has taken by all that was read of it.</summary>
    public bool HasOverrun(RawStream stream) => _window < 0 || stream.Window < 0;

    /// <summary>Sends a frame with a payload of four bytes, as RST_STREAM and WINDOW_UPDATE have.</summary>
    public Task SendNumberAsync(FrameType type, int stream, int number)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return SendFrameAsync(type, 0, stream, payload);
    }

    /// <summary>Sends a frame.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="stream">The stream; 0 for the connection.</param>
    /// <param name="payload">What is sent of its payload.</param>
    /// <param name="missing">How much longer it says to be.</param>
    public async Task SendFrameAsync(FrameType type, int flags, int stream, ReadOnlyMemory<byte> payload, int missing = 0)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, (payload.Length + missing) << 8);
        (frame[3], frame[4]) = ((byte)type, (byte)flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsMemory(9));
        await SendAsync(frame);
    }

    /// <summary>Reads until a stream is over, or the connection.</summary>
    public async Task<Reply> ReadAsync(RawStream stream)
    {
        while (!stream.IsOver && await ReadFrameAsync())
            continue;
        return stream.Reply();
    }

    /// <summary>Reads until the server has closed the connection.</summary>
    public async Task ReadToEndAsync()
    {
        while (!IsClosed)
            await ReadFrameAsync();
    }

    /// <summary>Reads until the headers of the answer are here, or there are none.</summary>
    public async Task ReadHeadersAsync(RawStream stream)
    {
        while (!stream.IsOver && !stream.HasHeaders && await ReadFrameAsync())
            continue;
    }

    /// <summary>Ends its half of the connection (FIN).</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection (RST).</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> bytes) =>
        await _stream.WriteAsync(bytes, _cancelled).AsTask().WaitAsync(SluiceFixture.Patience, _cancelled);

    // False when no stream will be answered any more: the connection is closed, in order or not, or the server says why it ends it.
    private async Task<bool> ReadFrameAsync()
    {
        var head = new byte[9];
        if (!await TryReadAsync(head))
            return false;
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
        if (!await TryReadAsync(payload))
            return false;
        var (type, flags, stream) = ((FrameType)head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)));
        try
        {
            await TakeAsync(type, flags, _streams.GetValueOrDefault(stream), payload);
        }
        catch (IOException)
        {
            // It has closed the connection; what it sent before can be read.
        }

        if (type == FrameType.GoAway)
            GoAwayCode = BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4));
        return GoAwayCode is null or 0;
    }

    private async Task TakeAsync(FrameType type, int flags, RawStream? stream, byte[] payload)
    {
        switch (type)
        {
            case FrameType.Settings when (flags & 1) == 0:
                for (var at = 0; at < payload.Length; at += 6)
                {
                    if (BinaryPrimitives.ReadInt16BigEndian(payload.AsSpan(at)) != 4)
                        continue;
                    var window = BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(at + 2));
                    foreach (var one in _streams.Values)
                        one.Window += window - _initialWindow;
                    _initialWindow = window;
                }

                await SendFrameAsync(FrameType.Settings, 1, 0, default);
                break;
            case FrameType.Ping when (flags & 1) == 0:
                await SendFrameAsync(FrameType.Ping, 1, 0, payload);
                break;
            case FrameType.WindowUpdate when stream is null:
                _window += BinaryPrimitives.ReadInt32BigEndian(payload);
                break;
            case FrameType.WindowUpdate:
                stream.Window += BinaryPrimitives.ReadInt32BigEndian(payload);
                break;
            case FrameType.Headers or FrameType.Continuation:
                stream?.AddHeaders(payload, (flags & 4) != 0);
                if (type == FrameType.Headers && (flags & 1) != 0)
                    stream?.End();
                break;
            case FrameType.Data:
                stream?.AddBody(payload);
                if ((flags & 1) != 0)
                    stream?.End();
                if (_opens && payload.Length > 0)
                {
                    await SendNumberAsync(FrameType.WindowUpdate, 0, payload.Length);
                    if ((flags & 1) == 0 && stream is not null)
                        await SendNumberAsync(FrameType.WindowUpdate, stream.Id, payload.Length);
                }

                break;
            case FrameType.RstStream:
                stream?.End(BinaryPrimitives.ReadInt32BigEndian(payload));
                break;
        }
    }

    private async Task<bool> TryReadAsync(Memory<byte> bytes)
    {
        try
        {
            var read = _stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, _cancelled).AsTask();
            IsClosed = await read.WaitAsync(SluiceFixture.Patience, _cancelled) != bytes.Length;
        }
        catch (IOException)
        {
            IsClosed = true;
        }

        return !IsClosed;
    }
}
