using CsCheck;
using Sluice.Resumable;
using Sluice.Storage;
using Sluice.Tests.Resumable;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>The URLs of resumable uploads: what is sealed in them, and what strangers make of them.</summary>
internal static class UploadUrls
{
    private static readonly TicketSeal _seal =
        new([[.. Enumerable.Range(0, TicketSeal.KeyBytes).Select(static i => (byte)i)], new byte[TicketSeal.KeyBytes]]);

    private static readonly UploadTicket _ticket = new()
    {
        Id = new Guid("0123456789abcdef0123456789abcdef"),
        Target = new BlobTarget("inbox", "a/b.txt"),
        Expires = DateTimeOffset.UnixEpoch,
        Length = 12,
        Role = UploadRole.Final,
        Metadata = "filename YQ==",
        Properties = new BlobProperties { ContentType = "text/plain", Metadata = new Dictionary<string, string> { ["a"] = "b" } },
    };

    private static readonly string _sealed = _seal.Seal(_ticket).Value();

    public static FuzzTarget Sealed { get; } = new("Upload URL", "only what was sealed is opened")
    {
        Seeds = [_sealed, _seal.Seal(_ticket with { Metadata = null }).Value()],
        Tokens = ["A", "AQ", "_", "-", "=", "==", "%3D", " ", "\n", "+", "/"],
        Parse = static text => _ = _seal.TryOpen(text, out _),
        Check = static text => !_seal.TryOpen(text, out var ticket) || (ticket.Id == _ticket.Id && _seal.Seal(ticket).Value() == text)
            ? null
            : "another URL opens",
    };

    /// <summary>The input seeds a ticket of any kind: what it is made of is CsCheck's.</summary>
    public static FuzzTarget Ticket { get; } = new("Upload ticket", "inverse: a ticket that is written is read as it was")
    {
        Seeds = ["a"],
        IsMeasured = false,
        FixedBytes = 64 * 1024,
        Parse = static _ => { },
        Check = static text =>
        {
            var (state, stream) = (0UL, 0U);
            foreach (var c in text)
            {
                (state, stream) = ((state * 31) + c, stream + c);
            }

            var ticket = Tickets.Any.Generate(new PCG(stream, state), null, out _);
            if (TicketCodec.Write(ticket) is { } bytes)
            {
                Tickets.AssertEqual(ticket, TicketCodec.Read(bytes));
            }

            return null;
        },
    };
}
