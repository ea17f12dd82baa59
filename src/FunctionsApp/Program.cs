using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;
using Sluice.AzureFunctions;
using Sluice.AzureFunctions.Events;
using Sluice.Ed25519;
using Sluice.Telemetry;
using Sluice.UploadPage;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddSluice();
builder.AddSluiceEvents();
builder.Services.AddSluiceUploadPage();
builder.Services.AddSluiceEd25519();
builder.Services.AddSluiceTelemetry(builder.Configuration, static telemetry => telemetry.UseFunctionsWorkerDefaults());

// Nothing is caught here: the host restarts a worker that fails, but never one that ends with exit code 0.
builder.Build().Run();
