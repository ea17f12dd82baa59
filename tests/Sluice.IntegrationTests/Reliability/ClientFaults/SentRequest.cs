namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>How much of a request the server can get from a client that breaks it.</summary>
internal enum SentRequest
{
    /// <summary>Never all of it: the server must not act as if it had been whole.</summary>
    Part,

    /// <summary>A part or all of it: that is decided when it is sent.</summary>
    Either,

    /// <summary>All of it, and the server may have read it.</summary>
    Whole,
}
