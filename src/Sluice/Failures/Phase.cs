namespace Sluice.Failures;

/// <summary>The stage of one upload in which something happened, in order; then what is done with stored blobs.</summary>
public enum Phase
{
    /// <summary>Before the first read: length, name, container, precondition, memory budget.</summary>
    Admit,

    /// <summary>While the first bytes were read.</summary>
    Peek,

    /// <summary>While the destination was chosen.</summary>
    Route,

    /// <summary>While the destination was opened.</summary>
    Open,

    /// <summary>While bytes were transferred.</summary>
    Transfer,

    /// <summary>While the whole body was checked and committed.</summary>
    Seal,

    /// <summary>While a stored blob was read back.</summary>
    Read,

    /// <summary>While a stored blob was deleted.</summary>
    Delete,

    /// <summary>While blobs were listed.</summary>
    List,
}
