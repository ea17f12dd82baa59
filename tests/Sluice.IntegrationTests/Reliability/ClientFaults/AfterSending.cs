namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>What a client does behind the last byte that it sends.</summary>
internal enum AfterSending
{
    /// <summary>Waits for the answer.</summary>
    Wait,

    /// <summary>Ends its half of the connection (FIN), and waits for the answer.</summary>
    Finish,

    /// <summary>Breaks the connection (RST).</summary>
    Reset,
}
