namespace Sluice.Failures;

/// <summary>The party that caused a failure. The response status follows from it: 4xx for the client, 5xx for everybody else.</summary>
public enum Party
{
    /// <summary>The sender of the request.</summary>
    Client,

    /// <summary>Azure Blob Storage, or the connection to it.</summary>
    Storage,

    /// <summary>The service that a body is relayed to.</summary>
    Downstream,

    /// <summary>This process: its limits, its configuration or its bugs.</summary>
    Sluice,
}
