using Sluice.AzureFunctions.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionsApp.Tests;

/// <summary>What is logged outside of an invocation is on the console, in lines whose level the host recognizes.</summary>
public sealed class HostConsoleTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    [Fact]
    public void A_line_has_the_word_by_which_the_host_knows_its_level()
    {
        Log("Sluice.X", static log =>
        {
            log.LogInformation(new EventId(17), "Ready again.");
            log.LogWarning(new EventId(16), "Not ready.");
            log.LogError(new EventId(10), "Broken.");
            log.LogDebug("Nothing to see.");
        });

        Assert.Equal("info: Sluice.X[17] Ready again.\n", _output.ToString());
        Assert.Equal("warn: Sluice.X[16] Not ready.\nerror: Sluice.X[10] Broken.\n", _error.ToString());
    }

    [Fact]
    public void Of_others_there_are_warnings_and_errors_only()
    {
        Log("Microsoft.Hosting.Lifetime", static log =>
        {
            log.LogInformation("Application started.");
            log.LogWarning(new EventId(3), "Overriding address.");
        });

        Assert.Empty(_output.ToString());
        Assert.Equal("warn: Microsoft.Hosting.Lifetime[3] Overriding address.\n", _error.ToString());
    }

    // The host takes each line for a message of its own.
    [Fact]
    public void An_exception_is_in_the_same_line()
    {
        Log("Sluice.X", static log => log.LogError(new EventId(1), new InvalidOperationException("first\r\nsecond"), "Broken."));

        Assert.Equal("error: Sluice.X[1] Broken. | System.InvalidOperationException: first | second\n", _error.ToString());
    }

    // The host has it already, with the invocation it belongs to; or, with the second name, whatever telemetry goes to.
    [Theory]
    [InlineData("AzureFunctions_InvocationId")]
    [InlineData("faas.invocation_id")]
    public void What_belongs_to_an_invocation_is_not_said_twice(string scope)
    {
        Log("Sluice.X", log =>
        {
            using (log.BeginScope(new Dictionary<string, object> { [scope] = "1", ["AzureFunctions_FunctionName"] = "StoreBlob" }))
                log.LogWarning("Within.");
            log.LogWarning("Without.");
        });

        Assert.Equal("warn: Sluice.X[0] Without.\n", _error.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private void Log(string category, Action<ILogger> log)
    {
        using var console = new HostConsole(_output, _error);
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(console).SetMinimumLevel(LogLevel.Trace))
            .BuildServiceProvider();
        log(services.GetRequiredService<ILoggerFactory>().CreateLogger(category));
    }
}
