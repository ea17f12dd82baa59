namespace Sluice.AspNetCore.Policies;

/// <summary>What the policy service is asked about: one upload. What is not known is left out.</summary>
/// <param name="Id">The upload's id; also the id of the signed message. Not part of the cache key.</param>
/// <param name="Kind">How it came: <c>put</c>, <c>form</c>, <c>ingest</c>, <c>hook</c>, <c>relay</c> or <c>resumable</c>.</param>
/// <param name="Caller">Who sends it, as limits count: <c>key:{name}</c>, <c>hook:{source}</c> or <c>address:{address}</c>.</param>
/// <param name="Headers">The headers of the request that <c>Sluice:Policy:Headers</c> lists, by lower-case name.</param>
/// <param name="Container">The container that it would be stored in.</param>
/// <param name="Name">The name of the blob that it would become.</param>
/// <param name="Target">The service that it would be relayed to.</param>
/// <param name="Rule">The rule that chose the destination.</param>
/// <param name="Source">The source of the webhook.</param>
/// <param name="IsPart">Whether it is a part of a tus concatenation.</param>
/// <param name="FileName">The name of the file at its sender.</param>
/// <param name="Length">Its declared length in bytes.</param>
/// <param name="DeclaredMediaType">Its declared media type.</param>
/// <param name="SniffedMediaType">The media type that its first bytes show.</param>
/// <param name="Metadata">The metadata that would be stored with the blob.</param>
/// <param name="IsWhole">Whether the body ends within the peek window.</param>
/// <param name="FirstBytes">Its first bytes in base64, a bounded number of them. Not part of the cache key.</param>
internal sealed record PolicyQuestion(
    string? Id,
    string Kind,
    string Caller,
    IReadOnlyDictionary<string, string> Headers,
    string? Container,
    string? Name,
    string? Target,
    string? Rule,
    string? Source,
    bool IsPart,
    string? FileName,
    long? Length,
    string? DeclaredMediaType,
    string? SniffedMediaType,
    IReadOnlyDictionary<string, string> Metadata,
    bool? IsWhole,
    ReadOnlyMemory<byte>? FirstBytes);
