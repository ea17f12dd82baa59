namespace Sluice.AspNetCore.Results;

/// <summary>The response to a peek.</summary>
/// <param name="Seen">What Sluice detected in the first bytes.</param>
/// <param name="Declared">What the request declares about its body.</param>
/// <param name="Would">What a PUT would do with the body.</param>
/// <param name="Rules">The rules that were evaluated, up to the one that matches. Only if `path` was given.</param>
internal sealed record PeekReport(PeekSeen Seen, PeekDeclared Declared, PeekWould Would, IReadOnlyList<PeekRule>? Rules);

/// <summary>What Sluice detected in the first bytes.</summary>
/// <param name="Bytes">The number of bytes inspected.</param>
/// <param name="Complete">Whether they are the whole body.</param>
/// <param name="Hex">The first of them in hexadecimal, at most 64 bytes.</param>
/// <param name="MediaType">The detected media type.</param>
internal sealed record PeekSeen(int Bytes, bool Complete, string Hex, string? MediaType);

/// <summary>What the request declares about its body.</summary>
/// <param name="MediaType">Content-Type.</param>
/// <param name="Length">Content-Length.</param>
/// <param name="Encoding">Content-Encoding.</param>
/// <param name="Disposition">Content-Disposition.</param>
internal sealed record PeekDeclared(string? MediaType, long? Length, string? Encoding, string? Disposition);

/// <summary>What a PUT would do with the body.</summary>
/// <param name="Action">`store`, `relay`, `tee` or `refuse`.</param>
/// <param name="Rule">The name of the rule that matches.</param>
/// <param name="Container">The container to store the body in.</param>
/// <param name="Name">The name of the blob.</param>
/// <param name="Target">The target to relay the body to.</param>
/// <param name="Path">The path at the target.</param>
/// <param name="MediaType">The media type to store.</param>
/// <param name="BlockBytes">The size of the first block, in bytes.</param>
/// <param name="PassThrough">Whether blocks are streamed through instead of being held in memory.</param>
/// <param name="MaxBytes">The largest body accepted, in bytes.</param>
/// <param name="Problem">The type of the problem, if the body would be refused.</param>
/// <param name="Detail">The detail of that problem.</param>
/// <param name="Right">The right by which the caller may send the body there; none where no rights are configured.</param>
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
    string? Detail = null,
    string? Right = null);

/// <summary>The evaluation of one rule.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Matched">Whether the rule matches the request.</param>
/// <param name="Conditions">The evaluation of each condition.</param>
internal sealed record PeekRule(string Rule, bool Matched, IReadOnlyList<PeekCondition> Conditions);

/// <summary>The evaluation of one condition.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Wants">The value that the condition requires.</param>
/// <param name="Saw">The value that the request has.</param>
/// <param name="Holds">Whether the condition is met.</param>
internal sealed record PeekCondition(string Condition, string Wants, string Saw, bool Holds);
