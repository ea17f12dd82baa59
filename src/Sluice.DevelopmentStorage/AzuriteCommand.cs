using System.Diagnostics;
using System.Globalization;

namespace Sluice.DevelopmentStorage;

/// <summary>The command line and the environment of Azurite's process.</summary>
internal static class AzuriteCommand
{
    // NODE_OPTIONS would attach the debugger of an editor's terminal, AZURITE_ACCOUNTS would replace the well-known account, and AZURITE_DB
    // would move the metadata to an SQL server.
    private static readonly string[] _removedVariables = ["NODE_OPTIONS", "AZURITE_ACCOUNTS", "AZURITE_DB"];

    /// <summary>Describes a process that exits when its standard input closes.</summary>
    /// <param name="options">The ports, the program and the accounts.</param>
    /// <param name="install">The folder of the installation.</param>
    /// <param name="dataFolder">The folder of the blobs and the queues.</param>
    /// <remarks>
    /// <c>--skipApiVersionCheck</c>: the clients are newer than Azurite. Not <c>--loose</c>: a header that Azurite does not know must be
    /// an error, not a guarantee that only seems to hold.
    /// </remarks>
    public static ProcessStartInfo Create(AzuriteOptions options, string install, string dataFolder)
    {
        string[] arguments =
        [
            // A tenth less processor time: what a request needs is gone before Node.js would move it to where garbage is rarely collected.
            "--max-semi-space-size=32",
            Path.Combine(install, "services.js"),
            "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--blobPort", options.BlobPort.ToString(CultureInfo.InvariantCulture),
            "--queueHost", "127.0.0.1", "--queuePort", options.QueuePort.ToString(CultureInfo.InvariantCulture),
            "--location", dataFolder,
        ];
        var start = new ProcessStartInfo(options.Node, arguments)
        {
            WorkingDirectory = install,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (var variable in _removedVariables)
            start.Environment.Remove(variable);
        if (options.MoreAccounts.Count > 0)
            start.Environment["AZURITE_ACCOUNTS"] = AzuriteAccount.Variable(options.MoreAccounts);
        // The child deletes it too, in case the parent is killed.
        if (options.DataFolder is null)
            start.Environment["TEMPORARY_DATA_FOLDER"] = dataFolder;
        return start;
    }
}
