namespace Sluice.Tests.Storage;

/// <summary>A blob that became visible.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Its entity tag, quotes included.</param>
/// <param name="LastModified">When it was committed.</param>
/// <param name="Properties">Its properties and its metadata, by the names of the headers they are read back in.</param>
internal sealed record ScriptedBlob(
    byte[] Content, string ETag, DateTimeOffset LastModified, IReadOnlyDictionary<string, string> Properties);
