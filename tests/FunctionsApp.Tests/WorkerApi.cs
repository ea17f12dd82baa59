// Declarations of the part of the Azure Functions worker's public API that src/FunctionsApp uses, for places where its packages
// can't be restored. Compiled by FunctionsAppCompilation only; never part of the product. Signatures are those of
// https://github.com/Azure/azure-functions-dotnet-worker at the versions in Directory.Packages.props. It leaves members out and adds
// none, so that what compiles against it compiles against the packages.
using System;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    // extensions/Worker.Extensions.Abstractions/src/BindingAttribute.cs
    [AttributeUsage(AttributeTargets.Method)]
    public abstract class BindingAttribute : Attribute
    {
        public BindingAttribute() { }
    }

    // extensions/Worker.Extensions.Abstractions/src/TriggerBindingAttribute.cs
    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : BindingAttribute
    {
        public TriggerBindingAttribute() { }
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

    // extensions/Worker.Extensions.Abstractions/src/FunctionAttribute.cs
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute : Attribute
    {
        public FunctionAttribute(string name) => Name = name;

        public string Name { get; }
    }

    // extensions/Worker.Extensions.Http/src/AuthorizationLevel.cs
    public enum AuthorizationLevel
    {
        Anonymous = 0,
        User = 1,
        Function = 2,
        System = 3,
        Admin = 4,
    }

    // extensions/Worker.Extensions.Http/src/HttpTriggerAttribute.cs
    public sealed class HttpTriggerAttribute : TriggerBindingAttribute
    {
        public HttpTriggerAttribute() { }

        public HttpTriggerAttribute(params string[] methods) { }

        public HttpTriggerAttribute(AuthorizationLevel authLevel) { }

        public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) { }

        public string? Route { get; set; }

        public string[]? Methods { get; private set; }

        public AuthorizationLevel AuthLevel { get; private set; }
    }
}

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry
{
    using global::OpenTelemetry;

    // src/DotNetWorker.OpenTelemetry/ConfigureFunctionsOpenTelemetry.cs
    public static class ConfigureFunctionsOpenTelemetry
    {
        public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => builder;
    }
}

namespace Microsoft.Azure.Functions.Worker.Builder
{
    // src/DotNetWorker/Builder/FunctionsApplication.cs
    public class FunctionsApplication
    {
        public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw new NotSupportedException();
    }

    // src/DotNetWorker/Builder/FunctionsApplicationBuilder.cs; there it also implements IHostApplicationBuilder and
    // IFunctionsWorkerApplicationBuilder, and its constructor is internal too
    public class FunctionsApplicationBuilder
    {
        internal FunctionsApplicationBuilder() { }

        public ConfigurationManager Configuration => throw new NotSupportedException();

        public IHostEnvironment Environment => throw new NotSupportedException();

        public ILoggingBuilder Logging => throw new NotSupportedException();

        public IServiceCollection Services => throw new NotSupportedException();

        public IHost Build() => throw new NotSupportedException();
    }

    // extensions/Worker.Extensions.Http.AspNetCore/src/FunctionsApplicationBuilderAspNetCoreExtensions.cs
    public static class FunctionsApplicationBuilderAspNetCoreExtensions
    {
        public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
    }
}
