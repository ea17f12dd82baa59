using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Infra.Tests;

/// <summary>
/// The compiler, asked over its standard streams (<c>bicep jsonrpc --stdio</c>): one start for all files, where a start is most of what a
/// command costs. Messages are framed as in the Language Server Protocol. ICliJsonRpcProtocol in https://github.com/Azure/bicep
/// </summary>
internal sealed class CompilerProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Timer _watchdog;
    private int _id;

    public CompilerProcess()
    {
        var start = new ProcessStartInfo(Compiler.Path, ["jsonrpc", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        };
        // Nobody's environment reaches what is tested: main.bicepparam reads variables of azd.
        foreach (var name in start.Environment.Keys.Where(static name => name.Split('_')[0] is "AZURE" or "SLUICE").ToList())
        {
            start.Environment.Remove(name);
        }

        // It runs for seconds: code that is observed first, to be compiled better later, never pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start)!;
        _watchdog = new Timer(_ => _process.Kill(), null, _patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks it something, and waits for the answer.</summary>
    public async Task<JsonNode> AskAsync(string method, JsonObject question)
    {
        var request = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = ++_id,
            ["method"] = $"bicep/{method}",
            ["params"] = question
        }.ToJsonString();
        var body = Encoding.UTF8.GetBytes(request);
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
        await input.WriteAsync(body);
        await input.FlushAsync();

        var answer = JsonNode.Parse(await ReadAsync(_process.StandardOutput.BaseStream))!;
        return answer["result"]
            ?? throw new InvalidOperationException($"{method} of {question.ToJsonString()}: {answer["error"]?["message"]}");
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        // It ends when nobody can ask any more.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<byte[]> ReadAsync(Stream output)
    {
        const string LengthHeader = "Content-Length:";
        var (length, line) = (0, "");
        while ((line = ReadLine(output)).Length > 0)
        {
            length = line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase)
                ? int.Parse(line[LengthHeader.Length..], CultureInfo.InvariantCulture)
                : length;
        }

        var body = new byte[length];
        await output.ReadExactlyAsync(body);
        return body;
    }

    private static string ReadLine(Stream output)
    {
        var line = new StringBuilder();
        for (var next = output.ReadByte(); next != '\n'; next = output.ReadByte())
        {
            line.Append(next >= 0 ? (char)next : throw new EndOfStreamException($"The compiler ended, or took longer than {_patience}."));
        }

        return line.ToString().TrimEnd('\r');
    }
}
