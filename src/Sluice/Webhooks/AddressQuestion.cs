namespace Sluice.Webhooks;

/// <summary>A request by which a sender may check an address.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Header">Returns the value of a header, by its name; null if it is absent.</param>
/// <param name="Query">Returns the value of a parameter of the query, decoded; null if it is absent.</param>
internal sealed record AddressQuestion(string Method, Func<string, string?> Header, Func<string, string?> Query);
