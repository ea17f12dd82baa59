namespace Sluice.IntegrationTests.Reliability.ClientFaults;

/// <summary>What is true of one kind of fault in one version of HTTP.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Http">The version: 1 or 2.</param>
/// <param name="Requests">The requests with which it is possible.</param>
/// <param name="Sends">How much of the request the server can get.</param>
/// <param name="IsDue">Whether the client waits for the answer, so that the request must be answered as one without a fault.</param>
internal sealed record ClientFaultRule(
    ClientFaultKind Kind, int Http, IReadOnlyList<RequestShape> Requests, SentRequest Sends, bool IsDue = false)
{
    /// <summary>What it is called in tables.</summary>
    public string Name => $"{Kind}, HTTP/{Http}";
}
