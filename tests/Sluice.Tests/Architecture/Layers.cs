namespace Sluice.Tests.Architecture;

/// <summary>
/// The folders of both libraries, bottom first, and which folders each of them uses. An arrow that is not here fails the tests, and so does
/// one that the code no longer has. Folders can only use what stands above them in this list, so there is no circle.
/// </summary>
internal static class Layers
{
    /// <summary>The engine, <c>src/Sluice</c>. The last one is its root: the composition.</summary>
    public static IReadOnlyList<Layer> Engine { get; } = Read("Sluice", """
        Callers:
        Settings: Callers
        Failures:
        Names:
        Peek:
        Lifetime: Failures
        Diagnostics: Failures
        MediaTypes: Failures Names Settings
        Digests: Failures Settings
        Memory: Diagnostics
        Body: Digests Failures Lifetime Settings
        Downstream: Body Failures MediaTypes Settings
        Storage: Body Diagnostics Digests Downstream Failures Memory Settings
        Routing.Evidence: Callers Peek
        Routing.Conditions: MediaTypes Names Peek Routing.Evidence Settings
        Routing.Templates: Callers Failures Names Peek Routing.Evidence
        Routing: Downstream Failures MediaTypes Names Routing.Conditions Routing.Evidence Routing.Templates Settings Storage
        Webhooks: Digests Downstream Failures MediaTypes Names Peek Routing Routing.Evidence Routing.Templates Settings
        Rights: Callers Diagnostics Failures MediaTypes Names Routing.Templates Settings Storage
        Uploads: Body Callers Diagnostics Digests Downstream Failures Lifetime MediaTypes Memory Names Peek Rights Routing Routing.Templates Settings Storage
        Resumable: Body Diagnostics Digests Failures Rights Settings Storage Uploads
        *: Body Diagnostics Lifetime Memory Resumable Rights Routing Settings Storage Uploads Webhooks
        """);

    /// <summary>HTTP, <c>src/Sluice.AspNetCore</c>. The last one is its root: the two lines that a host writes.</summary>
    public static IReadOnlyList<Layer> Http { get; } = Read("Sluice.AspNetCore", """
        Diagnostics:
        Routes:
        Lifetime: Diagnostics
        Limits: Routes
        Requests: Limits Routes
        Results: Diagnostics Requests Routes
        Health: Diagnostics Results
        Relay: Limits Results Routes
        Policies: Relay
        Multipart: Requests Results Routes
        Resumable: Diagnostics Limits Requests Results Routes
        Endpoints: Health Limits Multipart Relay Requests Resumable Results Routes
        Hosting: Diagnostics Endpoints Health Limits Relay Requests Resumable Results Routes
        WarmUp: Diagnostics Hosting Resumable Routes
        *: Endpoints Health Hosting Lifetime Limits Policies Relay Requests Results Routes WarmUp
        """);

    /// <summary>The projects in <c>src</c>, and the projects that each of them references.</summary>
    public static IReadOnlyList<Layer> Projects { get; } = Read("", """
        Sluice:
        Sluice.DevelopmentStorage:
        Sluice.AspNetCore: Sluice
        Sluice.Ed25519: Sluice
        Sluice.Telemetry: Sluice.AspNetCore
        Sluice.UploadPage: Sluice.AspNetCore
        Sluice.Events: Sluice.AspNetCore
        Sluice.AzureFunctions: Sluice.AspNetCore
        Sluice.AzureFunctions.Events: Sluice.AzureFunctions Sluice.Events
        Sluice.Server: Sluice.AspNetCore Sluice.DevelopmentStorage Sluice.Ed25519 Sluice.Events Sluice.Telemetry Sluice.UploadPage
        FunctionsApp: Sluice.AzureFunctions Sluice.AzureFunctions.Events Sluice.Ed25519 Sluice.Telemetry Sluice.UploadPage
        """);

    /// <summary>The packages of others that each library brings into an app. What not every app needs is a library of its own.</summary>
    public static IReadOnlyList<Layer> Packages { get; } = Read("", """
        Sluice: Azure.Identity Azure.Storage.Blobs Microsoft.Extensions.DependencyInjection.Abstractions \
          Microsoft.Extensions.Logging.Abstractions Microsoft.Extensions.Options System.IO.Hashing
        Sluice.AspNetCore: Yarp.ReverseProxy
        Sluice.Ed25519: BouncyCastle.Cryptography
        Sluice.Telemetry: Azure.Monitor.OpenTelemetry.Exporter OpenTelemetry.Exporter.OpenTelemetryProtocol OpenTelemetry.Extensions.Hosting
        Sluice.UploadPage:
        Sluice.Events: Azure.Messaging.EventGrid Azure.Storage.Queues Polly.Core
        Sluice.AzureFunctions.Events: Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues
        Sluice.AzureFunctions: Google.Protobuf Microsoft.Azure.Functions.Worker Microsoft.Azure.Functions.Worker.Extensions.Http \
          Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore
        """);

    private static List<Layer> Read(string root, string table) =>
    [
        .. table.Replace("\\\n  ", "", StringComparison.Ordinal).Split('\n').Select(line => line.Split(": ") is [var folder, var uses]
            ? new Layer(Name(root, folder), [.. uses.Split(' ').Select(use => Name(root, use))])
            : new Layer(Name(root, line.TrimEnd(':')), [])),
    ];

    private static string Name(string root, string folder) => folder == "*" ? root : root.Length == 0 ? folder : $"{root}.{folder}";
}

/// <summary>A folder.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Uses">The namespaces that it uses, of the same library.</param>
internal sealed record Layer(string Namespace, IReadOnlyList<string> Uses);
