using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestHost;
using Microsoft.Testing.Platform.Services;

namespace Sluice.Testing;

/// <summary>Says at the end of a run which part of the tests, a folder, took how long, and which tests took longest.</summary>
/// <remarks>
/// Of a test program that passes, <c>dotnet test</c> prints nothing but what it calls artifacts, at its end: the path of a file, and the
/// name of the test that it is of. So the table is a file, and the name of a node that is never said to be done, and so counts as no test.
/// </remarks>
internal sealed class PartTimes(IServiceProvider services) : IDataConsumer, IDataProducer, ITestSessionLifetimeHandler
{
    private const int Longest = 12;

    private static readonly string _program = Assembly.GetExecutingAssembly().GetName().Name!;

    private readonly Dictionary<string, (int Tests, TimeSpan Time, DateTimeOffset Begin, DateTimeOffset End)> _parts = [];
    private readonly List<(string Name, TimeSpan Time)> _tests = [];
    private readonly Stopwatch _watch = new();

    public string Uid => nameof(PartTimes);

    public string Version => "1.0.0";

    public string DisplayName => "Part times";

    public string Description => "The time that each part of the tests takes.";

    public Type[] DataTypesConsumed => [typeof(TestNodeUpdateMessage)];

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        var node = ((TestNodeUpdateMessage)value).TestNode;
        var properties = node.Properties;
        if (properties.SingleOrDefault<TimingProperty>() is { GlobalTiming: var timing }
            && properties.SingleOrDefault<TestMethodIdentifierProperty>() is { } method)
        {
            var name = PartOf(method);
            var (tests, time, begin, end) = _parts.GetValueOrDefault(name, (0, TimeSpan.Zero, timing.StartTime, timing.EndTime));
            _tests.Add((node.DisplayName, timing.Duration));
            _parts[name] = (tests + 1, time + timing.Duration, Earlier(begin, timing.StartTime), Later(end, timing.EndTime));
        }

        return Task.CompletedTask;
    }

    public Task OnTestSessionStartingAsync(ITestSessionContext testSessionContext)
    {
        _watch.Start();
        return Task.CompletedTask;
    }

    public async Task OnTestSessionFinishingAsync(ITestSessionContext testSessionContext)
    {
        if (_parts.Count == 0)
            return;

        var table = Table();
        var file = new FileInfo(Path.Combine(AppContext.BaseDirectory, "part-times.txt"));
        await File.WriteAllTextAsync(file.FullName, table, testSessionContext.CancellationToken);
        var node = new TestNode
        {
            Uid = Uid,
            DisplayName = table,
            Properties = new PropertyBag(
                InProgressTestNodeStateProperty.CachedInstance, new FileArtifactProperty(file, DisplayName, Description))
        };
        await services.GetMessageBus().PublishAsync(this, new TestNodeUpdateMessage(testSessionContext.SessionUid, node));
    }

    // The folder, which is the namespace below that of the program.
    private static string PartOf(TestMethodIdentifierProperty method)
    {
        var parts = method.Namespace.Split('.');
        return parts.Length > 2 ? parts[2] : method.TypeName;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one < other ? other : one;

    // Tests run beside each other: what all of a part took together may be more than the time from its first to its last.
    private string Table()
    {
        var begin = _parts.Values.Min(static part => part.Begin);
        var lines = _parts.OrderByDescending(static part => part.Value.Time).Select(part => string.Create(
            CultureInfo.InvariantCulture,
            $"{part.Key,-24} {part.Value.Tests,6} {part.Value.Time.TotalSeconds,9:F1} {(part.Value.Begin - begin).TotalSeconds,9:F1} "
                + $"{(part.Value.End - begin).TotalSeconds,9:F1}"));
        string[] head =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_program}, {_parts.Values.Sum(static part => part.Tests)} tests in {_watch.Elapsed.TotalSeconds:F1} s"),
            $"{"part",-24} {"tests",6} {"seconds",9} {"from",9} {"to",9}",
        ];
        var longest = _tests.OrderByDescending(static test => test.Time).Take(Longest)
            .Select(static test => string.Create(CultureInfo.InvariantCulture, $"{test.Time.TotalSeconds,9:F1} s {test.Name}"));
        return string.Join("\n      ", [.. head, .. lines, "longest", .. longest]);
    }
}
