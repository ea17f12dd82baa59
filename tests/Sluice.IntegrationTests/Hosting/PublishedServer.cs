using System.Reflection;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>The servers as they are deployed: Release and ReadyToRun, published by the build of this project.</summary>
internal static class PublishedServer
{
    private static readonly string _folder = typeof(PublishedServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "PublishFolder").Value!;

    public static string Folder { get; } = Path.Combine(_folder, "Sluice.Server");

    public static string Dll { get; } = Of("Sluice.Server");

    /// <summary>The same server with a sink that keeps the whole body: what the memory tests must catch.</summary>
    public static string BufferingDll { get; } = Of("Sluice.BufferingServer");

    /// <summary>The function app, as the Functions host finds it.</summary>
    public static string WorkerFolder { get; } = Path.Combine(_folder, "FunctionsApp");

    /// <summary>docs/samples/functions, likewise.</summary>
    public static string SampleFolder { get; } = Path.Combine(_folder, "Invoices");

    /// <summary>docs/samples/images: an app with endpoints of its own.</summary>
    public static string ImagesDll { get; } = Of("Images");

    /// <summary>docs/samples/webhooks, likewise.</summary>
    public static string WebhooksDll { get; } = Of("Webhooks");

    private static string Of(string program) => Path.Combine(_folder, program, $"{program}.dll");
}
