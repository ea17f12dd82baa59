using System.Diagnostics;
using Sluice.Tests.Memory;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Feeds a target: first what once failed, then well-formed inputs, then others that are made by rules or come of those by mutation. Every
/// input is judged by the target's oracle; the parser may throw nothing that it does not declare,
/// and allocate no more than in proportion to the input.
/// </summary>
/// <param name="target">What to feed.</param>
/// <param name="seed">What the inputs are made from.</param>
/// <param name="coverage">Tells which inputs reach something new; null where nothing is instrumented.</param>
internal sealed class Fuzzer(FuzzTarget target, int seed, FuzzCoverage? coverage = null)
{
    private const int MaxFound = 5;
    private const int MaxPool = 4096;

    private readonly Random _random = new(seed);
    private readonly List<string> _found = [];
    private readonly List<string> _pool = [.. FuzzCorpus.Of(target.Part), .. target.Seeds];
    private int _violations;
    private int _kept;
    private long _done;
    private string _current = "";

    /// <summary>
    /// How long one input may take. The default, 30 seconds, is for a machine under load:
    /// a parser that is slow is found by <see cref="Growth"/>.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Feeds so many inputs. A parser that does not come back is one of the violations, and ends the run.</summary>
    public FuzzRun Run(long inputs)
    {
        var (watch, before) = (Stopwatch.StartNew(), -1L);
        var loop = new Thread(() => Loop(inputs / target.Costs)) { IsBackground = true };
        loop.Start();
        while (!loop.Join(Patience))
        {
            var done = Interlocked.Read(ref _done);
            if (done == before)
            {
                var literal = FuzzLiteral.Of(_current);
                return Result(watch.Elapsed) with
                {
                    Violations = _violations + 1,
                    Found = [.. _found, $"{target.Part}, seed {seed}, input {done}: it does not come back\n    \"{literal}\""]
                };
            }

            before = done;
        }

        var measured = target.IsMeasured && _violations == 0 ? new Growth(target, _random).Problems(_pool.Take(64).ToList()) : [];
        foreach (var (input, problem) in measured)
        {
            Note(input, problem);
        }

        return Result(watch.Elapsed);
    }

    private FuzzRun Result(TimeSpan took) =>
        new(target.Part, Interlocked.Read(ref _done), seed, _violations, took.TotalSeconds, target.Oracle)
        {
            Found = [.. _found],
            Kept = coverage is null ? null : _kept,
        };

    private void Loop(long inputs)
    {
        var mutator = new Mutator(_random, target.Tokens, target.MaxCharacters);

        // Tables that are made on first use, and code that is not compiled yet, are nobody's memory.
        foreach (var known in _pool.ToArray())
        {
            _ = Problem(known, measure: false);
        }

        for (var i = 0L; i < inputs; i++)
        {
            var input = i < _pool.Count ? _pool[(int)i] : Make(mutator);
            _current = input;
            coverage?.Reset();
            if (Problem(input, measure: true) is { } problem)
            {
                Note(input, problem);
            }

            if (coverage?.IsNew() == true && _pool.Count < MaxPool)
            {
                _pool.Add(input);
                _kept++;
            }

            Interlocked.Increment(ref _done);
        }
    }

    private string Make(Mutator mutator)
    {
        if (target.Grammar is { } grammar && _random.Next(3) == 0)
        {
            var made = grammar.Make(_random);
            return _random.Next(2) == 0 ? made : mutator.Next([made, .. target.Tokens]);
        }

        return mutator.Next(_pool);
    }

    private string? Problem(string input, bool measure)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            target.Parse(input);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var allowed = target.FixedBytes + ((long)target.BytesPerCharacter * input.Length);
            return measure && allocated > allowed && Allocates(input) > allowed
                ? $"it allocates {allocated} bytes, and {allowed} are allowed"
                : target.Check(input);
        }
        catch (Exception e) when (target.Declares(e))
        {
            return null;
        }
        catch (Exception e)
        {
            return $"it throws {e.GetType().Name}: {e.Message} "
                + $"{e.StackTrace?.Split('\n').FirstOrDefault(static line => line.Contains("Sluice", StringComparison.Ordinal))?.Trim()}";
        }
    }

    // Once more: the first time something may have been made that stays.
    private long Allocates(string input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        target.Parse(input);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Note(string input, string problem)
    {
        _violations++;
        if (_found.Count < MaxFound)
        {
            var shortest = Shortest(input);
            _found.Add(
                $"{target.Part}, seed {seed}, input {Interlocked.Read(ref _done)}: "
                    + $"{problem}\n    \"{FuzzLiteral.Of(input)}\"\n    \"{FuzzLiteral.Of(shortest)}\" (shorter)");
        }
    }

    // Leaves out what is not needed to fail, larger pieces first.
    private string Shortest(string input)
    {
        if (input.Length > target.MaxCharacters || input == _current && Problem(input, measure: true) is null)
        {
            return input;
        }

        for (var piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (var at = 0; at + piece <= input.Length;)
            {
                var without = input.Remove(at, piece);
                (input, at) = Problem(without, measure: true) is not null ? (without, at) : (input, at + piece);
            }
        }

        return input;
    }
}
