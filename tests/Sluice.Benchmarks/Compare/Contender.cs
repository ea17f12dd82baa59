namespace Sluice.Benchmarks.Compare;

/// <summary>One row of a table: a peer, and the way in which it is used.</summary>
/// <param name="Name">What the row is called.</param>
/// <param name="Peer">Who is measured.</param>
/// <param name="Path">Where bodies are sent to, or read from.</param>
internal sealed record Contender(string Name, Peer Peer, string Path);
