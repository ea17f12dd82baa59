using System.Diagnostics;
using Sluice.Benchmarks;
using Sluice.Benchmarks.Compare;

// The tests' build publishes the server that is measured: dotnet build -c Release FunctionsApp.sln
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- compare [quick] [docs FOLDER] [CHAPTER...]
//   (others that are compared: apt-get install nginx-light haproxy caddy rclone nodejs npm)
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- throughput [MB] [rounds]
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- memory [processes]
//   dotnet run -c Release --project tests/Sluice.Benchmarks -- digests [MB] [rounds]
switch (args)
{
    case ["compare", .. var rest]:
        var size = rest is ["quick", ..] ? ComparisonSize.Quick : ComparisonSize.Full;
        rest = rest is ["quick", .. var sized] ? sized : rest;
        var docs = rest is ["docs", var folder, ..] ? folder : null;
        await Comparison.RunAsync(size, docs, rest is ["docs", _, .. var named] ? named : rest);
        return 0;
    case ["throughput", .. var rest]:
        await Throughput.RunAsync(rest is [var mb, ..] ? int.Parse(mb) : 500, rest is [_, var rounds, ..] ? int.Parse(rounds) : 5);
        return 0;
    case ["memory", .. var rest]:
        await MemoryVariants.RunAsync(rest is [var processes, ..] ? int.Parse(processes) : 5);
        return 0;
    case ["digests", .. var rest]:
        await DigestCost.RunAsync(rest is [var bytes, ..] ? int.Parse(bytes) : 200, rest is [_, var times, ..] ? int.Parse(times) : 9);
        return 0;
    // For a profiler's sake: a blob service that throws away what it gets, and bodies, each by itself.
    case ["storage"]:
        using (var storage = new DiscardingBlobService())
        {
            Console.WriteLine(storage.ConnectionString);
            await Task.Delay(Timeout.Infinite);
        }

        return 0;
    case ["put", var port, var path, var megabytes, var framing, var repeats]:
        for (var i = 0; i < int.Parse(repeats); i++)
        {
            var began = Stopwatch.GetTimestamp();
            HttpLoad.Put(
                new Listener(int.Parse(port)), path, int.Parse(megabytes) * 1_000_000L, Enum.Parse<Framing>(framing, ignoreCase: true));
            Console.WriteLine($"{int.Parse(megabytes) / Stopwatch.GetElapsedTime(began).TotalSeconds:0} MB/s");
        }

        return 0;
    case ["small", var port, var path, var connections, var seconds]:
        var small = HttpLoad.PutSmall(
            new Listener(int.Parse(port)), path, int.Parse(connections), TimeSpan.FromSeconds(int.Parse(seconds)));
        Console.WriteLine($"{small.PerSecond:0} requests/s, p99 {small.Percentile(0.99):0.0} ms");
        return 0;
    // The processes that are compared.
    case ["yarp", var port, var destination]:
        await PlainYarp.RunAsync(int.Parse(port), destination);
        return 0;
    case ["app", var port, var connectionString, .. var tls]:
        await SdkApp.RunAsync(int.Parse(port), connectionString, tls);
        return 0;
    default:
        Console.Error.WriteLine(
            $"Which one? compare [quick] [docs FOLDER] [{string.Join('|', Comparison.Names)} ...] | throughput [MB] [rounds] | "
            + "memory [processes] | digests [MB] [rounds]");
        return 2;
}
