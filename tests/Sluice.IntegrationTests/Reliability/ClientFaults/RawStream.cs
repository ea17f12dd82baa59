using System.Globalization;
using System.Runtime.InteropServices;

namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>What a client knows of one stream of HTTP/2.</summary>
internal sealed class RawStream(int id, long window)
{
    private readonly List<byte> _block = [];
    private readonly List<byte> _body = [];
    private Dictionary<string, string>? _headers;

    public int Id => id;

    /// <summary>How much the server takes.</summary>
    public long Window { get; set; } = window;

    /// <summary>The statuses of the interim responses, which come before the answer.</summary>
    public List<string> Interim { get; } = [];

    /// <summary>Whether the headers of the answer are here.</summary>
    public bool HasHeaders => _headers is not null;

    /// <summary>Whether the server has ended it, in order or not.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The code with which the server reset it.</summary>
    public int? ResetCode { get; private set; }

    public void AddHeaders(ReadOnlySpan<byte> block, bool areWhole)
    {
        _block.AddRange(block);
        if (!areWhole)
            return;
        var headers = HeaderBlock.Read(CollectionsMarshal.AsSpan(_block));
        _block.Clear();

        // Trailers are of no use here.
        if (_headers is not null || headers.GetValueOrDefault(":status") is not { Length: 3 } status)
            return;
        if (status[0] == '1')
            Interim.Add(status);
        else
            _headers = headers;
    }

    public void AddBody(ReadOnlySpan<byte> bytes) => _body.AddRange(bytes);

    public void End(int? resetCode = null) => (IsOver, ResetCode) = (true, resetCode);

    /// <summary>The whole answer, or why there is none.</summary>
    public Reply Reply() => _headers is null || !IsOver || ResetCode is not (null or 0)
        ? Reliability.Reply.None(new IOException(IsOver ? $"reset with {ResetCode}" : "closed"))
        : new Reply(int.Parse(_headers[":status"], CultureInfo.InvariantCulture), _headers, _body.ToArray());
}
