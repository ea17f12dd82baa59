using System.ComponentModel;
using System.Diagnostics;

namespace Sluice.DevelopmentStorage;

/// <summary>The result of a short-lived program.</summary>
internal sealed record CommandRun(int ExitCode, IReadOnlyList<string> LastLines)
{
    /// <summary>Runs a program to its end; on cancellation, kills it and its child processes.</summary>
    /// <exception cref="DevelopmentStorageException">The program does not exist.</exception>
    public static async Task<CommandRun> ToEndAsync(string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            },
        };
        var output = new OutputTail();
        process.OutputDataReceived += (_, e) => output.Add(e.Data);
        process.ErrorDataReceived += (_, e) => output.Add(e.Data);
        Start(process);
        process.StandardInput.Close(); // a program that prompts gets no answer and does not wait
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
        return new CommandRun(process.ExitCode, output.Lines);
    }

    /// <summary>Starts a program; the error names it if it does not exist.</summary>
    public static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw DevelopmentStorageException.Missing(process.StartInfo.FileName, e);
        }
    }

    /// <summary>Kills a process and its child processes if it still runs. Never throws.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception)
        {
            // Already exited, or we are not allowed to kill it.
        }
    }
}
