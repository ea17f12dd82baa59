namespace Sluice.AspNetCore.Results;

/// <summary>What a peek answers.</summary>
/// <param name="Seen">What the first bytes show.</param>
/// <param name="Declared">What the request says of its body.</param>
/// <param name="Would">What a PUT would do.</param>
/// <param name="Rules">What the rules made of it, up to the one that takes it; null where no path was asked about.</param>
internal sealed record PeekReport(PeekSeen Seen, PeekDeclared Declared, PeekWould Would, IReadOnlyList<PeekRule>? Rules);

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
/// <param name="Action">store, relay, tee or refuse.</param>
/// <param name="Rule">The rule that says so.</param>
/// <param name="Container">The container it would be stored in.</param>
/// <param name="Name">The name it would be stored under.</param>
/// <param name="Target">The target it would be relayed to.</param>
/// <param name="Path">The path there.</param>
/// <param name="MediaType">The media type it would be stored under.</param>
/// <param name="BlockBytes">The size of its first block.</param>
/// <param name="PassThrough">Whether its blocks are streamed through instead of being held.</param>
/// <param name="MaxBytes">The largest body of this kind.</param>
/// <param name="Problem">The type of the problem it would be refused with.</param>
/// <param name="Detail">The detail of that problem.</param>
internal sealed record PeekWould(
    string Action,
    string? Rule = null,
    string? Container = null,
    string? Name = null,
    string? Target = null,
    string? Path = null,
    string? MediaType = null,
    long? BlockBytes = null,
    bool? PassThrough = null,
    long? MaxBytes = null,
    string? Problem = null,
    string? Detail = null);

/// <summary>What a rule made of the request.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Matched">Whether it takes it.</param>
/// <param name="Conditions">What each of its conditions saw.</param>
internal sealed record PeekRule(string Rule, bool Matched, IReadOnlyList<PeekCondition> Conditions);

/// <summary>What a condition saw.</summary>
/// <param name="Condition">Which one.</param>
/// <param name="Wants">What it asks for.</param>
/// <param name="Saw">What is there.</param>
/// <param name="Holds">Whether that will do.</param>
internal sealed record PeekCondition(string Condition, string Wants, string Saw, bool Holds);
