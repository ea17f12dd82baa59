namespace Sluice.RepositoryTests.Workflows;

/// <summary>.github/memory-report.js reads what the memory tests print.</summary>
public sealed class MemoryReportTests
{
    private const string Work = "first request, PUT 100 MB, Sluice:Blob:BlocksInFlight=4";

    private static readonly MemoryReading _reading = new(96 << 20, (96 << 20) + 500_000);

    [Fact]
    public async Task A_reading_becomes_a_row()
    {
        var report = (await ReportAsync($"  Some.Test(framing: Chunked) [OUTPUT] {Work}: {_reading}\n   Total: 1, Errors: 0\n"))
            .Succeeded();

        Assert.EndsWith($"| --- | ---: | ---: | ---: |\n| {Work} | 96.0 | 96.5 | 0.5 |\n", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task It_is_the_same_without_the_name_of_a_test_and_in_any_order(string newLine)
    {
        var report = (await ReportAsync(string.Join(newLine, [$"b: {_reading}", $"a: {_reading}", ""]))).Succeeded();

        Assert.EndsWith("\n| a | 96.0 | 96.5 | 0.5 |\n| b | 96.0 | 96.5 | 0.5 |\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_printed_none_is_no_empty_table()
    {
        var run = await ReportAsync("Total: 19, Errors: 0\n");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
    }

    private static Task<Command> ReportAsync(string log) =>
        Command.RunAsync("node", [Repository.PathOf(".github/memory-report.js")], AppContext.BaseDirectory, log);
}
