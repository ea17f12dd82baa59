namespace Sluice.IntegrationTests.Reliability.Malformed;

/// <summary>A request that breaks HTTP, or comes close to it.</summary>
/// <param name="What">What is wrong with it, for messages.</param>
/// <param name="Name">The only name that it may store anything under.</param>
/// <param name="Text">All of it, one character a byte.</param>
/// <param name="Body">Its whole body in the only reading in which it is a request.</param>
internal sealed record MalformedRequest(string What, string Name, string Text, string Body);
