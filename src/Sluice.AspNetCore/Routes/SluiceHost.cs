namespace Sluice.AspNetCore.Routes;

/// <summary>What is between the client and these endpoints.</summary>
public enum SluiceHost
{
    /// <summary>Nothing: Kestrel reads the client's connection.</summary>
    Kestrel,

    /// <summary>
    /// The Azure Functions host, which reads every body with a declared length into its own memory before it calls the worker
    /// (Microsoft.Azure.WebJobs.Extensions.Http, <c>HttpTriggerAttributeBindingProvider</c>). Such requests are counted:
    /// <c>sluice.requests.host_buffered</c>.
    /// </summary>
    Functions,
}
