namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>What decides what can go wrong with a request.</summary>
internal enum RequestShape
{
    /// <summary>It has a body, be it empty.</summary>
    Body,

    /// <summary>It asks for a body, and has none.</summary>
    Get,

    /// <summary>Neither of these.</summary>
    Other,
}
