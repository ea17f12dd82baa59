using Sluice.Benchmarks;

// The tests' build publishes the server that is measured: dotnet build tests/Sluice.IntegrationTests
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- throughput [MB] [rounds]
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- memory [processes]
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- relay [MB] [rounds]     (apt-get install nginx-light haproxy caddy)
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- digests [MB] [rounds]
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- resumable [MB] [rounds]
switch (args)
{
    case ["throughput", .. var rest]:
        await Throughput.RunAsync(rest is [var mb, ..] ? int.Parse(mb) : 500, rest is [_, var rounds, ..] ? int.Parse(rounds) : 5);
        return 0;
    case ["memory", .. var rest]:
        await MemoryVariants.RunAsync(rest is [var processes, ..] ? int.Parse(processes) : 5);
        return 0;
    case ["relay", .. var rest]:
        await RelayComparison.RunAsync(rest is [var size, ..] ? int.Parse(size) : 500, rest is [_, var turns, ..] ? int.Parse(turns) : 7);
        return 0;
    case ["digests", .. var rest]:
        await DigestCost.RunAsync(rest is [var bytes, ..] ? int.Parse(bytes) : 200, rest is [_, var times, ..] ? int.Parse(times) : 9);
        return 0;
    case ["resumable", .. var rest]:
        await ResumableComparison.RunAsync(rest is [var length, ..] ? int.Parse(length) : 500, rest is [_, var repeats, ..] ? int.Parse(repeats) : 7);
        return 0;
    case ["yarp", var port, var destination]:
        await PlainYarp.RunAsync(int.Parse(port), destination);
        return 0;
    default:
        Console.Error.WriteLine("Which one? throughput [MB] [rounds] | memory [processes] | relay [MB] [rounds] | digests [MB] [rounds] | resumable [MB] [rounds]");
        return 2;
}
