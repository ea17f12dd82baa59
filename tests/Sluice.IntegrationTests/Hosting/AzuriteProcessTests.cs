using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using Azure.Storage.Sas;
using Sluice.IntegrationTests.Faults;
using Sluice.DevelopmentStorage;
using Sluice.Digests;

namespace Sluice.IntegrationTests.Hosting;

public sealed class AzuriteProcessTests(AzuriteFixture shared)
{
    [Fact]
    public async Task What_is_uploaded_can_be_read()
    {
        var container = await shared.NewContainerAsync();
        var blob = container.GetBlobClient("hello.txt");
        await blob.UploadAsync(BinaryData.FromString("hello"), TestContext.Current.CancellationToken);
        var read = await blob.DownloadContentAsync(TestContext.Current.CancellationToken);
        Assert.Equal("hello", read.Value.Content.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_sent_to_a_queue_can_be_received(bool second)
    {
        var queue = (second ? shared.SecondQueueServiceClient : shared.QueueServiceClient).GetQueueClient($"test-{Guid.NewGuid():N}");
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await queue.SendMessageAsync("hello", TestContext.Current.CancellationToken);

        var received = (await queue.ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken)).Value;
        await queue.DeleteMessageAsync(received.MessageId, received.PopReceipt, TestContext.Current.CancellationToken);

        Assert.Equal(("hello", 1), (received.Body.ToString(), received.DequeueCount));
        var left = await queue.GetPropertiesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, left.Value.ApproximateMessagesCount);
    }

    // checksums.js computes it in Azurite's place.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1_000_001)]
    public async Task The_CRC_64_of_a_block_is_right(int bytes)
    {
        var container = await shared.NewContainerAsync();
        var block = new byte[bytes];
        new Random(bytes).NextBytes(block);
        using var crc = new RunningCrc64();
        crc.Append(block);

        var staged = await container.GetBlockBlobClient("checked").StageBlockAsync(
            Convert.ToBase64String(new byte[8]), new MemoryStream(block), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(crc.Value(), staged.Value.ContentCrc64);
    }

    // More than it writes at a time: aborted.js.
    [Fact]
    public async Task Clients_that_leave_in_the_middle_do_not_stop_it()
    {
        await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);
        var container = new BlobContainerClient(azurite.ConnectionString, "left");
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        var upload = container.GenerateSasUri(BlobContainerSasPermissions.Write, DateTimeOffset.UtcNow.AddDays(1));
        var head = Encoding.ASCII.GetBytes(
            $"PUT {upload.AbsolutePath}/left{upload.Query}&comp=block&blockid=AAAA HTTP/1.1\r\nHost: {upload.Authority}\r\n"
                + "Content-Length: 1000000\r\n\r\nand no more");

        for (var client = 0; client < 200; client++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
            await socket.ConnectAsync(upload.Host, upload.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync(head, TestContext.Current.CancellationToken);
        }

        await container.GetBlockBlobClient("here").StageBlockAsync(
            Convert.ToBase64String(new byte[8]), new MemoryStream(new byte[1_000_000]),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Its_temporary_data_folder_and_its_process_go_with_it()
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(), TestContext.Current.CancellationToken);
        using var process = Process.GetProcessById(azurite.ProcessId);
        Assert.True(Directory.Exists(azurite.DataFolder));
        await azurite.DisposeAsync();
        Assert.True(process.HasExited);
        Assert.False(Directory.Exists(azurite.DataFolder));
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task A_data_folder_keeps_its_blobs_and_queues_from_one_run_to_the_next()
    {
        var data = Directory.CreateTempSubdirectory("sluice-test-");
        try
        {
            var options = new AzuriteOptions { DataFolder = data.FullName };
            await using (var first = await AzuriteProcess.StartAsync(options, TestContext.Current.CancellationToken))
            {
                await new BlobServiceClient(first.ConnectionString)
                    .CreateBlobContainerAsync("kept", cancellationToken: TestContext.Current.CancellationToken);
                var sent = new QueueClient(first.ConnectionString, "kept");
                await sent.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
                await sent.SendMessageAsync("hello", TestContext.Current.CancellationToken);
            }

            await using var second = await AzuriteProcess.StartAsync(options, TestContext.Current.CancellationToken);
            var kept = new BlobContainerClient(second.ConnectionString, "kept");
            Assert.True((await kept.ExistsAsync(TestContext.Current.CancellationToken)).Value);
            var queue = new QueueClient(second.ConnectionString, "kept");
            var message = await queue.ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal("hello", message.Value.Body.ToString());
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_port_in_use_is_one_clear_line(bool queues)
    {
        var port = queues ? shared.QueueServiceClient.Uri.Port : shared.BlobServiceClient.Uri.Port;
        var options = queues ? new AzuriteOptions { QueuePort = port } : new AzuriteOptions { BlobPort = port };
        var failure = await Assert.ThrowsAsync<DevelopmentStorageException>(
            () => AzuriteProcess.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.True(failure.PortIsInUse);
        Assert.Contains($"port {port}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Output_that_is_not_expected_is_in_the_message()
    {
        var options = new AzuriteOptions { DataFolder = Path.Combine(AzuriteInstall.Source, "services.js") }; // a file
        var failure = await Assert.ThrowsAsync<DevelopmentStorageException>(
            () => AzuriteProcess.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains("services.js", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    // The parent is a Node.js program, because a process cannot kill itself and look at what is left.
    [Fact]
    public async Task Azurite_ends_and_leaves_no_data_when_its_parent_is_killed()
    {
        var data = Directory.CreateTempSubdirectory("sluice-test-").FullName;
        var options = new AzuriteOptions();
        var install = await new AzuriteInstall(options).EnsureAsync(TestContext.Current.CancellationToken);
        var command = AzuriteCommand.Create(options, install, data);
        const string Script = """
            const [node, ...args] = process.argv.slice(1);
            const azurite = require("node:child_process").spawn(node, args, { stdio: ["pipe", "pipe", "inherit"] });
            azurite.stdout.once("data", () => console.log(azurite.pid));
            """;
        var start = new ProcessStartInfo(options.Node, ["-e", Script, "--", options.Node, .. command.ArgumentList])
        {
            WorkingDirectory = install,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TEMPORARY_DATA_FOLDER"] = data;
        using var parent = Process.Start(start)!;
        var pid = await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using var azurite = Process.GetProcessById(int.Parse(pid!, CultureInfo.InvariantCulture));
        Assert.False(azurite.HasExited);

        parent.Kill();

        await azurite.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(SluiceFixture.Patience, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(data));
    }
}
