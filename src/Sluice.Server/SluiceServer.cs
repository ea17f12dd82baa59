using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Hosting;
using Sluice.Ed25519;
using Sluice.Events;
using Sluice.Server.Keys;
using Sluice.Server.Settings;
using Sluice.Server.Tokens;
using Sluice.Settings;
using Sluice.Telemetry;
using Sluice.UploadPage;

namespace Sluice.Server;

/// <summary>The Kestrel host of the endpoints: for local runs, containers and tests.</summary>
public static class SluiceServer
{
    /// <summary>Runs the server until it is stopped.</summary>
    /// <param name="args">Configuration on the command line: <c>--Sluice:Blob:BlockBytes=4194304</c>.</param>
    /// <param name="configure">Changes the services, for hosts that are built on this one.</param>
    /// <returns>The exit code: 0 after a stop, 1 when a setting is wrong or missing.</returns>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        ListenAddress.UseDefault(builder);
        builder.Services.AddSluice(builder.Configuration);
        builder.Services.AddSluiceUploadPage();
        builder.Services.AddSluiceEd25519();
        builder.Services.AddSluiceEvents();
        builder.Services.AddSluiceTelemetry(builder.Configuration, telemetry => ServerTelemetry.Add(telemetry, builder.Configuration));
        AddServerOptions(builder.Services, builder.Configuration);
        configure?.Invoke(builder.Services);

        try
        {
            await using var azurite = await LocalStorage.StartIfNeededAsync(
                ConnectionStrings(builder.Configuration.GetSection(BlobOptions.Section)).FirstOrDefault(LocalStorage.IsMeantBy));
            await using var app = builder.Build();
            CheckSettings(app.Services);
            app.UseFramingCheck();
            app.UseSluiceCors();
            // Limits come before authorization, so that guessing keys is limited too; by then authentication has identified the key.
            app.UseAuthentication();
            app.UseSluiceLimits();
            app.UseAuthorization();
            app.UseRouteProblems();
            ReferencePage.UseOn(app);
            app.MapSluice();
            FirstSteps.SayWhenListening(app, Console.WriteLine);
            await app.RunAsync();
            return 0;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Stop what listens there, or set Urls to another address.");
            return 1;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures));
            return 1;
        }
    }

    internal static void AddServerOptions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSluiceSection<ServerOptions>(configuration, ServerOptions.Section);
        services.AddSingleton<IValidateOptions<ServerOptions>>(new ServerOptionsCheck(configuration));
        services.AddSingleton<ServerKeys>();
        services.AddSingleton<IAuthorizationHandler, ScopePolicy>();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<ServerOptions>>(static (authorization, server) =>
            authorization.FallbackPolicy = server.Value.IdentifiesCallers ? ScopePolicy.Policy : null);
        services.AddAuthorization();
        // Not AddAuthentication: it adds data protection, which stores keys of its own on a disk that may be read-only.
        services.AddAuthenticationCore(static authentication => authentication.DefaultScheme = KeyAuthentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null);
        if (configuration.GetSection(TokenOptions.Section).Exists())
        {
            BearerTokens.Add(services);
        }

        // They would log every refused request; the host's request log already does.
        services.AddLogging(static logging => logging.AddFilter(typeof(KeyAuthentication).FullName, LogLevel.Warning));
    }

    // Those of all accounts, as they are configured: nothing is checked yet.
    private static IEnumerable<string?> ConnectionStrings(IConfigurationSection blob) =>
        blob.GetSection(nameof(BlobOptions.Accounts)).GetChildren().Prepend(blob)
            .Select(static account => account[nameof(BlobOptions.ConnectionString)]);

    // Before the host checks them: the host would log the error with its stack trace.
    private static void CheckSettings(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException several)
        {
            throw new OptionsValidationException(
                "Sluice", typeof(SluiceServer),
                several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(static one => one.Failures).Distinct());
        }
    }
}
