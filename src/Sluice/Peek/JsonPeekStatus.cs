namespace Sluice.Peek;

/// <summary>What became of the search for a value in the first bytes of a JSON document.</summary>
internal enum JsonPeekStatus
{
    /// <summary>It is there.</summary>
    Found,

    /// <summary>It is not there: what would hold it was seen to its end, or can't hold it.</summary>
    Missing,

    /// <summary>It lies beyond the window, or the window cuts it.</summary>
    NotSeen,

    /// <summary>The bytes before it are no JSON.</summary>
    NotJson,
}
