namespace Sluice.Peek;

/// <summary>The result of the search for a value in the first bytes of a JSON document.</summary>
internal enum JsonPeekStatus
{
    /// <summary>The value was found.</summary>
    Found,

    /// <summary>There is no such value: its parent was read to the end, or can't contain it.</summary>
    Missing,

    /// <summary>The value lies beyond the window, or the window cuts it off.</summary>
    NotSeen,

    /// <summary>The bytes before the value are not JSON.</summary>
    NotJson,
}
