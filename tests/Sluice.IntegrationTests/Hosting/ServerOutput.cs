using System.Text.RegularExpressions;

namespace Sluice.IntegrationTests.Hosting;

/// <summary>What a server writes on its console, and what it says there about itself. Thread-safe.</summary>
internal sealed partial class ServerOutput
{
    private const int LinesOfAnError = 20;

    private readonly List<string> _lines = [];
    private readonly List<Uri> _addresses = [];
    private readonly TaskCompletionSource<IReadOnlyList<Uri>> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its addresses in the order of its endpoints, once it has started.</summary>
    public Task<IReadOnlyList<Uri>> Listening => _listening.Task;

    /// <summary>A copy of all lines of both streams.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>
    /// The errors that it logged, each with the lines that follow. Event 67 of Kestrel is left out: what is left of a body with a broken
    /// trailer can't be read past, which it says as an error, and nobody else can know.
    /// </summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            var lines = Lines;
            return
            [
                .. lines.Index().Where(static line => IsError(line.Item)).SelectMany(line => lines.Skip(line.Index).Take(LinesOfAnError))
            ];
        }
    }

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Add(line);
            if (NowListening().Match(line) is { Success: true } match)
                _addresses.Add(new Uri(match.Groups["address"].Value));
            // Said after the last address, so none is missing.
            if (_addresses.Count > 0 && line.Contains("Application started.", StringComparison.Ordinal))
                _listening.TrySetResult([.. _addresses]);
        }
    }

    public override string ToString() => string.Join(Environment.NewLine, Lines);

    private static bool IsError(string line) =>
        (line.StartsWith("fail:", StringComparison.Ordinal) && !line.Contains("Kestrel[67]", StringComparison.Ordinal))
            || line.StartsWith("crit:", StringComparison.Ordinal);

    // Plain or JSON console.
    [GeneratedRegex("""Now listening on: (?<address>https?://[^\s"\\]+)""")]
    private static partial Regex NowListening();
}
