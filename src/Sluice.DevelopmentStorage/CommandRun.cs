using System.ComponentModel;
using System.Diagnostics;

namespace Sluice.Server.DevelopmentStorage;

/// <summary>How a short-lived program ended.</summary>
internal sealed record CommandRun(int ExitCode, IReadOnlyList<string> LastLines)
{
    /// <summary>Runs a program to its end; when cancelled, ends it and what it started.</summary>
    /// <exception cref="DevelopmentStorageException">There is no such program.</exception>
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
        process.StandardInput.Close(); // whatever would ask a question gets no answer, and does not wait
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

    /// <summary>Starts a program, and names it when it is not there.</summary>
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

    /// <summary>Ends a process and what it started, if it still runs. Never throws.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception)
        {
            // Ended by itself, or cannot be ended by us.
        }
    }
}
