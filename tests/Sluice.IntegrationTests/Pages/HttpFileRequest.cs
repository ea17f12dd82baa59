namespace Sluice.IntegrationTests.Pages;

/// <summary>One request of docs/sluice.http.</summary>
/// <param name="Title">What stands behind <c>###</c>.</param>
/// <param name="Status">The status that the comment below it promises.</param>
/// <param name="Verb">The method.</param>
/// <param name="Name">What later requests call it; null for one that none of them needs.</param>
/// <param name="PathAndQuery">What stands behind <c>{{host}}</c>.</param>
/// <param name="Of">The earlier request whose <c>Location</c> stands before that; null for none.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; empty for none.</param>
internal sealed record HttpFileRequest(
    string Title, int Status, string Verb, string? Name, string PathAndQuery, string? Of,
    IReadOnlyList<(string Name, string Value)> Headers, string Body);
