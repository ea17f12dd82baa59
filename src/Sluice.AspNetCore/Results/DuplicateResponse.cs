using System.Text.Json.Serialization;

namespace Sluice.AspNetCore.Results;

/// <summary>What is said of a delivery that was here before.</summary>
/// <param name="Status">Always <c>duplicate</c>.</param>
/// <param name="Container">Where the first one is.</param>
/// <param name="Name">The name of its blob.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ETag">Its entity tag: that of the first receipt, as long as nobody has written over it.</param>
internal sealed record DuplicateResponse(
    string Status, string Container, string Name, long Bytes, [property: JsonPropertyName("etag")] string ETag);
