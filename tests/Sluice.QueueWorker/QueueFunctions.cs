using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Sluice.QueueWorker;

/// <summary>Functions that log what they get. A message says what becomes of it.</summary>
public sealed partial class QueueFunctions(ILogger<QueueFunctions> logger)
{
    /// <summary>A queue and a connection that settings name.</summary>
    [Function("ReceiveNamed")]
    public Task ReceiveNamed(
        [QueueTrigger("%Named:Queue%", Connection = "Named:Storage")] string message, FunctionContext context) =>
        ReceiveAsync(message, context);

    /// <summary>A fixed queue of the app's own storage account.</summary>
    [Function("ReceiveFixed")]
    public Task ReceiveFixed([QueueTrigger("fixed")] string message, FunctionContext context) => ReceiveAsync(message, context);

    /// <summary>A parameter that the stand-in does not know.</summary>
    [Function("ReceiveBytes")]
    public Task ReceiveBytes([QueueTrigger("bytes")] BinaryData message, FunctionContext context) =>
        ReceiveAsync(message.ToString(), context);

    /// <summary>A function without a queue.</summary>
    [Function("Ping")]
    public static IResult Ping([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => TypedResults.Text(request.Method);

    private async Task ReceiveAsync(string message, FunctionContext context)
    {
        var count = int.Parse((string)context.BindingContext.BindingData["DequeueCount"]!, CultureInfo.InvariantCulture);
        Received(context.FunctionDefinition.Name, message, JsonSerializer.Serialize(context.BindingContext.BindingData));
        if (message == "fails always" || (message == "fails once" && count == 1))
            throw new InvalidOperationException("It was asked to fail.");
        if (message == "hangs once" && count == 1)
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "{Function} received '{Message}' with {Data}")]
    private partial void Received(string function, string message, string data);
}
