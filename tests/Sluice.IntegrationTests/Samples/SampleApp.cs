using System.Reflection;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Samples;

/// <summary>The ASP.NET Core apps of docs/samples, built with this project and in its configuration.</summary>
internal static class SampleApp
{
    private static readonly string _configuration =
        typeof(SampleApp).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>docs/samples/images.</summary>
    public static string ImagesDll { get; } = Of("images", "Images");

    /// <summary>docs/samples/webhooks.</summary>
    public static string WebhooksDll { get; } = Of("webhooks", "Webhooks");

    private static string Of(string folder, string program) =>
        Repository.PathOf($"docs/samples/{folder}/bin/{_configuration}/net10.0/{program}.dll");
}
