namespace Sluice.Tests.Fuzz;

/// <summary>
/// One parser, what it is fed with, and how its answers are judged. The harness is the same for all (<see cref="Fuzzer"/>).
/// </summary>
/// <param name="Part">The parser, as reports name it.</param>
/// <param name="Oracle">How its answers are judged, as reports say it.</param>
internal sealed record FuzzTarget(string Part, string Oracle)
{
    /// <summary>
    /// Inputs that are well formed, from which others are made. A target that reads bytes takes each character for one byte
    /// (<see cref="Bytes"/>), so that one mutator serves all and every input can be printed as a literal.
    /// </summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>What the parser looks for. Put anywhere, and repeated to find out how time and memory grow.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Makes inputs by rules; null for mutated ones only.</summary>
    public Grammar? Grammar { get; init; }

    /// <summary>Runs the parser and nothing else: its memory and its time are measured.</summary>
    public required Action<string> Parse { get; init; }

    /// <summary>Says what is wrong with the parser's answer, or null.</summary>
    public required Func<string, string?> Check { get; init; }

    /// <summary>
    /// The exceptions that the parser declares. The default is none: what a stranger sends is an answer, not an exception.
    /// </summary>
    public Func<Exception, bool> Declares { get; init; } = static _ => false;

    /// <summary>The longest input, in characters. The default, 400, is enough for every rule that looks at neighbours.</summary>
    public int MaxCharacters { get; init; } = 400;

    /// <summary>The memory that the parser may allocate whatever the input is, in bytes.</summary>
    public int FixedBytes { get; init; } = 16 * 1024;

    /// <summary>
    /// The memory that it may allocate for each character of input, in bytes. The default allows a few copies as text and as bytes.
    /// </summary>
    public int BytesPerCharacter { get; init; } = 64;

    /// <summary>
    /// Whether it is looked at how time and memory grow. The default is true; not for what only an operator writes, at start.
    /// </summary>
    public bool IsMeasured { get; init; } = true;

    /// <summary>How many times as dear an input is as those of others: it gets so many times fewer. The default is 1.</summary>
    public int Costs { get; init; } = 1;

    /// <summary>The input as bytes: one for each character.</summary>
    public static byte[] Bytes(string input)
    {
        var bytes = new byte[input.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)input[i];
        }

        return bytes;
    }

    /// <summary>Bytes as an input.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    /// <inheritdoc/>
    public override string ToString() => Part;
}
