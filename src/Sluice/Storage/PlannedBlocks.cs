namespace Sluice.Storage;

/// <summary>The blocks that a body is cut into.</summary>
/// <param name="Plan">How large each of them is.</param>
/// <param name="NextId">Returns the id of the next one, given how many bytes it holds.</param>
/// <param name="Length">How many bytes will come, if known.</param>
internal sealed record PlannedBlocks(BlockPlan Plan, Func<long, string> NextId, long? Length);
