namespace Sluice.AspNetCore.Answers;

/// <summary>What a peek answers.</summary>
/// <param name="Seen">What the first bytes show.</param>
/// <param name="Declared">What the request says of its body.</param>
/// <param name="Would">What a PUT would do.</param>
internal sealed record PeekReport(PeekSeen Seen, PeekDeclared Declared, PeekWould Would);

/// <summary>What the first bytes show.</summary>
/// <param name="Bytes">How many bytes were looked at.</param>
/// <param name="Complete">They are the whole body.</param>
/// <param name="Hex">The first of them, at most 64.</param>
/// <param name="MediaType">The sniffed media type.</param>
internal sealed record PeekSeen(int Bytes, bool Complete, string Hex, string? MediaType);

/// <summary>What the request says of its body.</summary>
/// <param name="MediaType">Content-Type.</param>
/// <param name="Length">Content-Length.</param>
/// <param name="Encoding">Content-Encoding.</param>
/// <param name="Disposition">Content-Disposition.</param>
internal sealed record PeekDeclared(string? MediaType, long? Length, string? Encoding, string? Disposition);

/// <summary>What a PUT would do.</summary>
/// <param name="Action">store or refuse.</param>
/// <param name="MediaType">The media type it would be stored under.</param>
/// <param name="BlockBytes">The size of its first block.</param>
/// <param name="PassThrough">Whether its blocks are streamed through instead of being held.</param>
/// <param name="MaxBytes">The largest body of this kind.</param>
/// <param name="Problem">The type of the problem it would be refused with.</param>
internal sealed record PeekWould(string Action, string? MediaType, long? BlockBytes, bool? PassThrough, long? MaxBytes, string? Problem);
