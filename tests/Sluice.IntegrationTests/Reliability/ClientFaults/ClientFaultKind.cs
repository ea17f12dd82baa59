namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>What a client can do wrong with one request.</summary>
internal enum ClientFaultKind
{
    /// <summary>Ends its half of the connection in the middle of the body (FIN).</summary>
    Fin,

    /// <summary>Breaks the connection in the middle of the body (RST).</summary>
    Reset,

    /// <summary>Sends no more, and stays.</summary>
    Stall,

    /// <summary>Sends a few bytes one by one, without long pauses; no fault.</summary>
    Drip,

    /// <summary>Sends single bytes, the last ones further apart than the server's idle time-out.</summary>
    Trickle,

    /// <summary>Leaves in the middle of a chunk.</summary>
    HalfChunk,

    /// <summary>Sends a chunk that breaks the rules.</summary>
    BadChunk,

    /// <summary>Sends less than was declared.</summary>
    TooShort,

    /// <summary>Sends more than was declared.</summary>
    TooLong,

    /// <summary>Asks whether to send, and does not.</summary>
    NoBodyAfterContinue,

    /// <summary>Is refused, and sends what is no request behind its whole body.</summary>
    GarbageAfterRefusal,

    /// <summary>Ends its half of the connection after the whole request.</summary>
    HalfClosed,

    /// <summary>Breaks the connection after the whole request.</summary>
    LeaveAfterBody,

    /// <summary>Leaves in the head of the request.</summary>
    CutHead,

    /// <summary>Does not read the answer for a while, which is shorter than the server's idle time-out.</summary>
    StopReading,

    /// <summary>Never reads an answer that is longer than all buffers.</summary>
    NeverRead,

    /// <summary>Breaks the connection, or resets the stream, in the answer.</summary>
    ResetInAnswer,

    /// <summary>HTTP/2: resets the stream in the body, or after it.</summary>
    ResetStream,

    /// <summary>HTTP/2: opens no window for the answer for a while, which is shorter than the server's idle time-out.</summary>
    WindowStall,

    /// <summary>HTTP/2: sends more than the server's window.</summary>
    WindowOverrun,

    /// <summary>HTTP/2: begins many requests, resets them at once, and asks again.</summary>
    RapidReset,

    /// <summary>HTTP/2: says that it goes away, and sends the rest; no fault.</summary>
    GoAway,

    /// <summary>HTTP/2: leaves in the middle of a frame.</summary>
    CutFrame,

    /// <summary>HTTP/2: sends data on a stream that it has ended.</summary>
    ClosedStream,
}
