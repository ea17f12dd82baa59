using Sluice.Benchmarks;

// The tests' build publishes the server that is measured: dotnet build tests/Sluice.IntegrationTests
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- throughput [MB] [rounds]
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- memory [processes]
switch (args)
{
    case ["throughput", .. var rest]:
        await Throughput.RunAsync(rest is [var mb, ..] ? int.Parse(mb) : 500, rest is [_, var rounds, ..] ? int.Parse(rounds) : 5);
        return 0;
    case ["memory", .. var rest]:
        await MemoryVariants.RunAsync(rest is [var processes, ..] ? int.Parse(processes) : 5);
        return 0;
    default:
        Console.Error.WriteLine("Which one? throughput [MB] [rounds] | memory [processes]");
        return 2;
}
