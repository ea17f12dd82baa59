namespace FunctionsApp.Tests;

/// <summary>
/// A worker that ends by itself ends with an error: the host starts no other one for a worker that ended with 0.
/// WorkerProcess.OnProcessExited in https://github.com/Azure/azure-functions-host
/// </summary>
public sealed class WorkerExitTests
{
    [Fact]
    public async Task Without_a_host_it_ends_with_an_error()
    {
        var (exitCode, output) = await WorkerProcess.RunAsync([], HostFiles.Settings());

        Assert.NotEqual(0, exitCode);
        Assert.Contains("HostEndpoint", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_host_that_is_not_there_it_ends_with_an_error()
    {
        var (exitCode, output) = await WorkerProcess.RunAsync(WorkerProcess.HostArguments, HostFiles.Settings());

        Assert.NotEqual(0, exitCode);
        Assert.Contains("RpcException", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_wrong_settings_it_ends_with_an_error_that_names_each_of_them()
    {
        var (exitCode, output) = await WorkerProcess.RunAsync(WorkerProcess.HostArguments,
        [
            KeyValuePair.Create("Sluice:Blob:ConnectionString", (string?)"AccountKey=hunter2"),
            KeyValuePair.Create("Sluice:Blob:Containers:0", (string?)"No"),
            KeyValuePair.Create("Sluice:Body:MaxBytes", (string?)"0"),
            KeyValuePair.Create("Sluice:Shutdown:GracePeriod", (string?)"soon"),
            KeyValuePair.Create("Sluice:Nonsense", (string?)"1"),
        ]);

        Assert.NotEqual(0, exitCode);
        Assert.All(
            [
                "Sluice:Blob:ConnectionString is a value of 18 characters that can't be parsed: it must be",
                "Sluice:Blob:Containers:0 is 'No': it must be", "Sluice:Body:MaxBytes is '0': it must be",
                "Sluice:Shutdown:GracePeriod is 'soon': it must be", "Sluice:Nonsense is not a setting.",
            ],
            line => Assert.Contains(line, output, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("RpcException", output, StringComparison.Ordinal);
    }
}
