using System.Globalization;
using System.Text;

namespace Sluice.Benchmarks.Compare;

/// <summary>Reads answers, one after the other.</summary>
internal sealed class AnswerReader(Wire wire)
{
    private readonly byte[] _held = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next answer, without its body.</summary>
    /// <exception cref="InvalidOperationException">Its status is not one of success.</exception>
    public (string Head, long Bytes) Read()
    {
        while (true)
        {
            var head = Encoding.ASCII.GetString(Take("\r\n\r\n"u8));
            if (head.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
            {
                continue;
            }

            var bytes = head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) ? PassChunks() : Pass(Length(head));
            return head.Length > 11 && head[9] == '2'
                ? (head, bytes)
                : throw new InvalidOperationException($"Answered with {head}\n{Encoding.UTF8.GetString(_held, 0, Math.Min(_end, 500))}");
        }
    }

    private static long Length(string head)
    {
        const string Field = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(static line => line.StartsWith(Field, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : long.Parse(line.AsSpan(Field.Length), CultureInfo.InvariantCulture);
    }

    private long PassChunks()
    {
        for (long all = 0; ;)
        {
            var size = Convert.ToInt64(Encoding.ASCII.GetString(Take("\r\n"u8)).Split(';')[0], 16);
            all += Pass(size);
            Take("\r\n"u8);
            if (size == 0)
            {
                return all;
            }
        }
    }

    private byte[] Take(ReadOnlySpan<byte> until)
    {
        int length;
        while ((length = _held.AsSpan(_start, _end - _start).IndexOf(until)) < 0)
        {
            Fill();
        }

        var taken = _held[_start..(_start + length)];
        _start += length + until.Length;
        return taken;
    }

    private long Pass(long bytes)
    {
        for (var left = bytes; left > 0;)
        {
            if (_start == _end)
            {
                Fill();
            }

            var count = (int)Math.Min(left, _end - _start);
            _start += count;
            left -= count;
        }

        return bytes;
    }

    private void Fill()
    {
        _held.AsSpan(_start, _end - _start).CopyTo(_held);
        (_start, _end) = (0, _end - _start);
        var count = wire.Receive(_held, _end);
        if (count == 0)
        {
            throw new InvalidOperationException("The connection was closed before an answer.");
        }

        _end += count;
    }
}
