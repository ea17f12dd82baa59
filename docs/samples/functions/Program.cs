using Invoices;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.AspNetCore;
using Sluice.AzureFunctions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddSluice();
builder.Services.AddScoped<IUploadPolicy, InvoicePolicy>();
builder.Build().Run();
