using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Routes;

namespace FunctionsApp.Tests;

/// <summary>Every function is one line that calls the endpoint which the server calls too.</summary>
public sealed class FunctionTests
{
    // ldarg, ldfld, ldarg, callvirt, ret, and what a Debug build adds.
    private const int OneCallBytes = 24;

    [Fact]
    public void There_are_functions() => Assert.NotEmpty(Function.All);

    // The deployment switches it off by its name, and gives it the right to that queue.
    [Fact]
    public void The_outbox_starts_one_function() =>
        Assert.Equal([KeyValuePair.Create("Events", "sluice-events")], Function.Queues());

    // What is longer than that would be code that the server does not have.
    [Fact]
    public void Every_function_only_calls_an_endpoint() => Assert.All(Function.All, static function =>
    {
        Assert.InRange(function.Method.GetMethodBody()!.GetILAsByteArray()!.Length, 1, OneCallBytes);
        Assert.All(
            function.Method.DeclaringType!.GetConstructors().Single().GetParameters(),
            static parameter =>
            {
                Assert.Equal("Sluice.AspNetCore.Endpoints", parameter.ParameterType.Namespace);
                Assert.EndsWith("Endpoint", parameter.ParameterType.Name, StringComparison.Ordinal);
            });
    });

    // The worker's source generator leaves other methods out without a word.
    [Fact]
    public void Every_function_is_public_and_known_to_the_host()
    {
        var written =
            from type in typeof(Sluice.AzureFunctions.BlobFunctions).Assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.GetCustomAttributesData().Any(static attribute => attribute.AttributeType.Name == "FunctionAttribute")
            select method;

        Assert.All(written, static method =>
        {
            Assert.True(method.IsPublic && method.DeclaringType!.IsPublic, method.Name);
            Assert.Contains(method, Function.All.Select(static function => function.Method));
        });
        Assert.Equal(Function.All.Count, written.Count());
    }

    // A function that returns nothing logs NoHttpResponseReturned, and an endpoint that wrote the response itself would bypass IResult.
    [Fact]
    public void Every_function_returns_a_task_of_a_result() =>
        Assert.All(Function.All, static function => Assert.Equal(typeof(Task<IResult>), function.Method.ReturnType));

    // The host reads a body that declares its length whole, before it calls the worker and after it checked the key, whatever the verb. A
    // function that asks for no key lets anybody fill the host's memory, with a GET too.
    // HttpTriggerAttributeBindingProvider.IsRequestPayloadReadable, in https://github.com/Azure/azure-webjobs-sdk-extensions
    [Fact]
    public void No_function_is_anonymous() =>
        Assert.All(Function.All, function => Assert.True(
            function.Authorization is "Function" or "Admin",
            $"{function.Name} is {function.Authorization}: the host buffers its bodies before anything of ours can refuse them."));

    // The server reads no body of theirs, so there a probe needs no key.
    [Fact]
    public async Task The_server_asks_for_no_key_for_health_and_for_what_browsers_ask_first_and_nothing_else()
    {
        await using var server = Server.Build();

        var open = Server.Endpoints(server)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(Server.Pattern);

        Assert.Equal(
            ((string[])[SluiceRoutes.Files, SluiceRoutes.File, SluiceRoutes.Live, SluiceRoutes.Ready, SluiceRoutes.UploadPage])
                .Select(static route => $"{SluiceRoutes.Prefix}/{route}"),
            open.Order(StringComparer.Ordinal));
    }

    // The host compares names without case; a function key belongs to a name.
    [Fact]
    public void Every_function_has_a_name_of_its_own() =>
        Assert.Equal(Function.All.Count, Function.All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
}
