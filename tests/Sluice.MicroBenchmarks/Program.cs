using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

// What one step costs by itself, in time and in memory, in about two minutes:
//   dotnet run -c Release --project tests/Sluice.MicroBenchmarks                       # all
//   dotnet run -c Release --project tests/Sluice.MicroBenchmarks -- --filter '*Peek*'  # some

// In this process: a generated project would have to be restored and built under the rules of this repository.
var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithWarmupCount(2)
    .WithIterationCount(7)
    .WithIterationTime(TimeInterval.FromMilliseconds(250));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    args.Length == 0 ? ["--filter", "*", "--join"] : args,
    DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory));
