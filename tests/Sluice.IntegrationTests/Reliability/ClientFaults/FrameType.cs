namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>The frames of HTTP/2 (RFC 9113, section 6) that are sent or understood here.</summary>
internal enum FrameType
{
    Data = 0,
    Headers = 1,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
