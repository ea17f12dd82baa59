#!/usr/bin/env dotnet
#:package Azure.Storage.Blobs
#:package Azure.Storage.Queues
#:property PublishAot=false

// Reads the blobs that the events of a queue name, until the queue is empty.
//
//   dotnet run worker.cs stored-uploads
//
// Needs the .NET 10 SDK. STORAGE is a connection string; Azurite's by default. The versions of the packages are those of this repository.
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;

var storage = Environment.GetEnvironmentVariable("STORAGE") ?? "UseDevelopmentStorage=true";
var queue = new QueueClient(storage, args[0], new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
await queue.CreateIfNotExistsAsync();

// Nobody else gets a message for five minutes. If this program dies, another gets it then.
while ((await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value is { } message)
{
    var data = JsonElement.Parse(message.Body).GetProperty("data");
    var place = new BlobUriBuilder(new Uri(data.GetProperty("url").GetString()!));
    var blob = new BlobClient(storage, place.BlobContainerName, place.BlobName);
    try
    {
        // The version that the event is about. An event can come twice, so the work must bear to be done twice.
        var version = new BlobRequestConditions { IfMatch = new ETag(data.GetProperty("eTag").GetString()!) };
        await using var content = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = version });
        var digest = await SHA256.HashDataAsync(content); // the work
        Console.WriteLine($"{place.BlobName}: {content.Length} bytes, SHA-256 {Convert.ToHexStringLower(digest)}");
    }
    catch (RequestFailedException e) when (e.Status is 404 or 412)
    {
        Console.WriteLine($"{place.BlobName}: deleted or replaced since");
    }

    await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
}
