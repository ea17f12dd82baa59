using FunctionsApp.Logging;
using FunctionsApp.WarmUp;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Routes;
using Sluice.AspNetCore.Telemetry;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddWorkerWarmUp();
builder.Services.AddSluice(builder.Configuration, SluiceHost.Functions);
builder.Services.AddSluiceTelemetry(builder.Configuration, static telemetry => telemetry.UseFunctionsWorkerDefaults());

// What is said outside of an invocation, the host keeps only from the console.
builder.Logging.AddProvider(new HostConsole(Console.Out, Console.Error));
// More than warnings would log the URL of every request, and a function key may be in it (?code=).
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

// Nothing is caught here: the host restarts a worker that fails, but never one that ends with exit code 0.
builder.Build().Run();
