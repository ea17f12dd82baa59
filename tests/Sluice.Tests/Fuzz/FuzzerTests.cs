namespace Sluice.Tests.Fuzz;

/// <summary>The harness finds each kind of fault that it looks for, when one is put in.</summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzerTests
{
    private static readonly FuzzTarget _sound = new("planted", "the text itself")
    {
        Seeds = ["a=1;b=\"2\"", "a"],
        Tokens = ["=", ";", "\""],
        Parse = static _ => { },
        Check = static _ => null,
    };

    private static byte[] _held = [];

    [Fact]
    public void A_sound_parser_has_no_violations() => Assert.Equal((0, 10_000), (Run(_sound).Violations, Run(_sound).Inputs));

    [Fact]
    public void A_parser_that_throws_is_found_and_the_input_is_printed_so_that_it_can_be_replayed()
    {
        var run = Run(_sound with
        {
            Parse = static text => _ = text.Contains("\"\"", StringComparison.Ordinal) ? throw new FormatException("planted") : 0
        });

        Assert.NotEqual(0, run.Violations);
        Assert.Contains("it throws FormatException: planted", run.Found[0], StringComparison.Ordinal);
        Assert.Contains("\"\\u0022\\u0022\" (shorter)", run.Found[0], StringComparison.Ordinal);
        Assert.Contains("seed 1, input", run.Found[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_inverse_is_found() => AssertFound("is not", _sound with
    {
        Check = static text => text.Replace("\\", "/", StringComparison.Ordinal).Replace('/', '\\') is var back && back == text
            ? null
            : $"'{back}' is not '{text}'",
    });

    [Fact]
    public void A_parser_that_allocates_without_bound_is_found() => AssertFound("are allowed", _sound with
    {
        Parse = static text => _held = text.Contains(";;", StringComparison.Ordinal) ? new byte[4 << 20] : [],
        Check = static _ => null,
    });

    [Fact]
    public void A_parser_whose_time_is_quadratic_is_found() => AssertFound("characters take", _sound with
    {
        Parse = static text =>
        {
            for (var at = text.IndexOf(';', StringComparison.Ordinal); at >= 0; at = text.IndexOf(';', at + 1))
            {
                _ = text.AsSpan(at).Count('=');
                _ = text.AsSpan(0, at).LastIndexOf('#');
                _held = text.AsSpan(at).Contains('\u0001') ? [] : _held;
            }
        },
    });

    [Fact]
    public void A_parser_whose_memory_is_quadratic_is_found() => AssertFound("allocate", _sound with
    {
        BytesPerCharacter = 100_000,
        Parse = static text =>
        {
            for (var rest = text; rest.IndexOf(';', StringComparison.Ordinal) is >= 0 and var at; rest = rest[(at + 1)..])
            {
                _held = [];
            }
        },
    });

    [Fact]
    public void A_parser_that_does_not_come_back_is_found()
    {
        using var over = new ManualResetEventSlim();
        var endless = _sound with
        {
            Parse = text =>
            {
                if (text.Contains(";;", StringComparison.Ordinal))
                {
                    over.Wait();
                }
            },
        };

        var run = new Fuzzer(endless, 1) { Patience = TimeSpan.FromMilliseconds(500) }.Run(10_000);
        over.Set();

        Assert.Contains("it does not come back", Assert.Single(run.Found), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs_and_another_one_others()
    {
        static List<string> Inputs(int seed)
        {
            var inputs = new List<string>();
            _ = new Fuzzer(_sound with { IsMeasured = false, Check = text => { inputs.Add(text); return null; } }, seed).Run(500);
            return inputs;
        }

        Assert.Equal(Inputs(1), Inputs(1));
        Assert.NotEqual(Inputs(1), Inputs(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a \"\\\r\n\0\uD800\u00E9~")]
    [InlineData("\\u0041")]
    public void A_literal_is_read_as_what_it_was_made_of(string input) => Assert.Equal(input, FuzzLiteral.Read(FuzzLiteral.Of(input)));

    private static FuzzRun Run(FuzzTarget target) => new Fuzzer(target, 1).Run(10_000);

    private static void AssertFound(string problem, FuzzTarget target)
    {
        var run = Run(target);
        Assert.NotEqual(0, run.Violations);
        Assert.Contains(problem, run.Found[0], StringComparison.Ordinal);
    }
}
