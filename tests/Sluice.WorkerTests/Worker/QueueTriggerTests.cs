using System.Net;
using System.Text.Json;
using Sluice.FunctionsHost.Logs;
using Sluice.FunctionsHost.Queues;
using Sluice.IntegrationTests.Hosting;

namespace Sluice.IntegrationTests.Worker;

/// <summary>What the stand-in for the Functions host does with queue triggers.</summary>
public sealed class QueueTriggerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_starts_its_function_once_and_is_deleted()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await worker.Fixed.CreateAsync(cancellationToken: Cancelled);
        await QueueWorker.SendAsync(worker.Queue, "hello ö");
        await QueueWorker.SendAsync(worker.Fixed, "hello fixed");

        await worker.UntilAsync(async () =>
            await QueueWorker.IsEmptyAsync(worker.Queue) && await QueueWorker.IsEmptyAsync(worker.Fixed));

        Assert.Single(worker.Received, static line => line.StartsWith("ReceiveNamed received 'hello ö'", StringComparison.Ordinal));
        Assert.Single(worker.Received, static line => line.StartsWith("ReceiveFixed received 'hello fixed'", StringComparison.Ordinal));
        Assert.Equal(2, worker.Received.Count);
        Assert.Equal(["Ping"], worker.Host.Functions.Select(static function => function.Name));
        using var client = worker.Host.CreateClient();
        using var answer = await client.GetAsync("/api/Ping", Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Its_metadata_are_those_of_the_message_and_its_own_properties()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        const string Text = """{"id":"evt_1","type":"stored","data":{"bytes":3},"list":[1],"nothing":null,"n":7}""";
        var sent = await worker.Queue.SendMessageAsync(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text)), Cancelled);
        await worker.UntilReceivedAsync(1);

        var line = Assert.Single(worker.Received);
        var data = JsonElement.Parse(line[(line.IndexOf("' with ", StringComparison.Ordinal) + "' with ".Length)..]);
        Assert.Equal(
            [("QueueTrigger", Text), ("DequeueCount", "1"), ("type", "stored"), ("n", "7"), ("data", """{"bytes":3}""")],
            new[] { "QueueTrigger", "DequeueCount", "type", "n", "data" }.Select(name => (name, data.GetProperty(name).GetString()!)));
        Assert.Equal(
            sent.Value.InsertionTime, JsonSerializer.Deserialize<DateTimeOffset>(data.GetProperty("InsertionTime").GetString()!));
        Assert.NotEmpty(data.GetProperty("PopReceipt").GetString()!);
        Assert.NotEmpty(data.GetProperty("ExpirationTime").GetString()!);
        Assert.NotEmpty(data.GetProperty("NextVisibleTime").GetString()!);
        // A property of the message has the name of the message's id, which it replaces.
        Assert.Equal("evt_1", Assert.Single(data.EnumerateObject(), static one => one.Name is "Id" or "id").Value.GetString());
        Assert.False(data.TryGetProperty("list", out _) || data.TryGetProperty("nothing", out _));
    }

    [Fact]
    public async Task A_function_that_fails_gets_its_message_again()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await QueueWorker.SendAsync(worker.Queue, "fails once");

        await worker.UntilAsync(() => QueueWorker.IsEmptyAsync(worker.Queue));

        Assert.Equal(2, worker.Received.Count);
        Assert.Single(
            worker.Host.Logs,
            static line => line is { Level: "Error", Source: LogSource.Host }
                && line.Message.Contains("It was asked to fail", StringComparison.Ordinal));
        Assert.False((await worker.Poison.ExistsAsync(Cancelled)).Value);
    }

    // host.json of the worker says 3.
    [Fact]
    public async Task A_message_that_fails_each_time_is_in_the_poison_queue_as_it_was_sent()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await QueueWorker.SendAsync(worker.Queue, "fails always");

        await worker.UntilAsync(() => QueueWorker.IsEmptyAsync(worker.Queue));

        Assert.Equal(3, worker.Received.Count);
        var poison = Assert.Single((await worker.Poison.ReceiveMessagesAsync(cancellationToken: Cancelled)).Value);
        Assert.Equal("ZmFpbHMgYWx3YXlz", poison.MessageText);
    }

    [Fact]
    public async Task A_message_that_is_not_in_base64_is_in_the_poison_queue_at_once()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await worker.Queue.SendMessageAsync("not base64!", Cancelled);
        await QueueWorker.SendAsync(worker.Queue, "valid");

        await worker.UntilAsync(() => QueueWorker.IsEmptyAsync(worker.Queue));

        var poison = Assert.Single((await worker.Poison.ReceiveMessagesAsync(cancellationToken: Cancelled)).Value);
        Assert.Equal("not base64!", poison.MessageText);
        Assert.StartsWith("ReceiveNamed received 'valid'", Assert.Single(worker.Received), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_crashes_gets_its_message_again()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await QueueWorker.SendAsync(worker.Queue, "hangs once");
        await worker.UntilReceivedAsync(1);

        worker.Host.KillWorker();

        await worker.UntilAsync(() => QueueWorker.IsEmptyAsync(worker.Queue));
        Assert.Equal(2, worker.Received.Count);
        Assert.Equal(2, worker.Host.WorkerStarts);
    }

    [Fact]
    public async Task A_host_that_ends_leaves_the_message_of_a_function_that_runs()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await QueueWorker.SendAsync(worker.Queue, "hangs once");
        await worker.UntilReceivedAsync(1);

        await worker.EndHostAsync();

        Assert.False(await QueueWorker.IsEmptyAsync(worker.Queue));
        Assert.False((await worker.Poison.ExistsAsync(Cancelled)).Value);
    }

    [Fact]
    public async Task A_disabled_function_is_not_started()
    {
        await using var worker = await QueueWorker.StartAsync(azurite, new()
        {
            ["AzureWebJobs.ReceiveNamed.Disabled"] = "true",
            ["AzureWebJobs.Ping.Disabled"] = "1",
            ["AzureWebJobs.ReceiveFixed.Disabled"] = "false",
        });
        await worker.Fixed.CreateAsync(cancellationToken: Cancelled);
        await QueueWorker.SendAsync(worker.Queue, "nobody");
        await QueueWorker.SendAsync(worker.Fixed, "somebody");

        await worker.UntilAsync(() => QueueWorker.IsEmptyAsync(worker.Fixed));

        Assert.Equal(["ReceiveFixed"], worker.Host.QueueFunctions.Select(static function => function.Name));
        Assert.Equal(0, (await worker.Queue.PeekMessageAsync(Cancelled)).Value.DequeueCount);
        using var client = worker.Host.CreateClient();
        using var answer = await client.GetAsync("/api/Ping", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("Named:Queue", null, "The app setting 'Named:Queue' is not set.")]
    [InlineData("Named__Storage", null, "The app setting 'Named:Storage' is not set: it says where queue '%Named:Queue%' is.")]
    [InlineData("Named__Storage", "no connection string", "The listener of function 'ReceiveNamed' can't be started")]
    [InlineData("AzureWebJobs.ReceiveBytes.Disabled", null, "Its parameter is no text: this host sends nothing else.")]
    public async Task What_can_not_be_started_is_an_error_of_that_function_alone(string key, string? value, string says)
    {
        await using var worker = await QueueWorker.StartAsync(azurite, new() { [key] = value });
        await worker.Fixed.CreateAsync(cancellationToken: Cancelled);
        await QueueWorker.SendAsync(worker.Fixed, "hello");

        await worker.UntilAsync(() => QueueWorker.IsEmptyAsync(worker.Fixed));

        var error = Assert.Single(worker.Host.Logs, static line => line.Source == LogSource.Host && line.Level == "Error");
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_can_not_be_read_is_said_and_tried_again()
    {
        var wrong = string.Join(';', azurite.ConnectionString.Split(';').Select(
            static part => part.StartsWith("AccountKey=", StringComparison.Ordinal)
                ? $"AccountKey={Convert.ToBase64String(new byte[64])}"
                : part));
        await using var worker = await QueueWorker.StartAsync(azurite, new() { ["Named__Storage"] = wrong });

        await worker.UntilAsync(() => Task.FromResult(worker.Host.Logs.Count(
            line => line.Message.StartsWith($"Queue '{worker.Queue.Name}' can't be read: ", StringComparison.Ordinal)) > 1));
    }

    [Fact]
    public async Task A_message_that_is_gone_is_said()
    {
        await using var worker = await QueueWorker.StartAsync(azurite);
        await QueueWorker.SendAsync(worker.Queue, "hangs once");
        await worker.UntilReceivedAsync(1);

        await worker.Queue.DeleteAsync(Cancelled);
        worker.Host.KillWorker();

        await worker.UntilSaidAsync("Warning", $"of queue '{worker.Queue.Name}' can't be settled: ");
        Assert.Single(worker.Received);
    }

    [Fact]
    public void A_connection_that_leads_to_no_queue_is_an_error()
    {
        var function = new QueueFunction("", "f", "q", "Named", "message", TakesText: true);
        var settings = new FunctionsHost.AppSettings(new Dictionary<string, string> { ["Named__credential"] = "managedidentity" });
        var error = Assert.Throws<InvalidOperationException>(() => QueueConnection.Service(function, settings));
        Assert.Equal("The app setting 'Named' is no connection string, and 'Named__queueServiceUri' is not set.", error.Message);
    }

    [Theory]
    [InlineData("Named__queueServiceUri", "https://example.queue.core.windows.net/", "https://example.queue.core.windows.net/")]
    [InlineData("Named:accountName", "other", "https://other.queue.core.windows.net/")]
    [InlineData("AzureWebJobsNamed", "UseDevelopmentStorage=true", "http://127.0.0.1:10001/devstoreaccount1")]
    public void A_connection_is_a_string_or_an_address(string key, string value, string expected)
    {
        var function = new QueueFunction("", "f", "q", "Named", "message", TakesText: true);
        var service = QueueConnection.Service(function, new FunctionsHost.AppSettings(new Dictionary<string, string> { [key] = value }));
        Assert.Equal(new Uri(expected), service.Uri);
    }

    [Fact]
    public async Task A_message_remains_hidden_while_its_function_runs()
    {
        var queue = azurite.QueueServiceClient.GetQueueClient($"test-{Guid.NewGuid():N}");
        await queue.CreateAsync(cancellationToken: Cancelled);
        await queue.SendMessageAsync("hello", Cancelled);
        var visibility = TimeSpan.FromSeconds(1);
        var message = (await queue.ReceiveMessageAsync(visibility, Cancelled)).Value;

        await using var hidden = new HiddenMessage(queue, message, visibility);
        for (var (renewals, last) = (0, message.PopReceipt); renewals < 3;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancelled);
            (renewals, last) = hidden.Receipt == last ? (renewals, last) : (renewals + 1, hidden.Receipt);
        }
        await hidden.EndAsync();

        // The first receipt is no longer valid, the last one is.
        await queue.DeleteMessageAsync(message.MessageId, hidden.Receipt, Cancelled);
        Assert.True(await QueueWorker.IsEmptyAsync(queue));
        await queue.DeleteAsync(Cancelled);
    }
}
