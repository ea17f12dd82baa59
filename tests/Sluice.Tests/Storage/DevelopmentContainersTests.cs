using System.Net;
using Azure;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Options;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

/// <summary>Development storage that started after us, or forgot its containers, gets them when the first one is missed.</summary>
public sealed class DevelopmentContainersTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_is_missed_is_made_and_the_request_sent_again()
    {
        using var storage = new Storage();
        var clients = Clients(storage, "UseDevelopmentStorage=true");

        await clients.Retrying(new("uploads", "x")).StageBlockAsync(
            Convert.ToBase64String("1"u8), new MemoryStream("hello"u8.ToArray()), cancellationToken: Cancelled);

        Assert.Equal(["PUT uploads/x", "PUT uploads", "PUT uploads/x"], storage.Requests);
        Assert.Equal("hello", storage.LastContent);
    }

    [Fact]
    public async Task It_is_made_again_when_storage_has_forgotten_it()
    {
        using var storage = new Storage();
        var clients = Clients(storage, "useDevelopmentStorage=true;");
        await clients.Retrying(new("uploads", "x")).DeleteAsync(cancellationToken: Cancelled);
        storage.IsEmpty = true;
        await clients.Retrying(new("uploads", "x")).DeleteAsync(cancellationToken: Cancelled);

        Assert.Equal(2, storage.Requests.Count(static request => request == "PUT uploads"));
    }

    // Clients know the alias, storage knows the container.
    [Theory]
    [InlineData("UseDevelopmentStorage=true", null, "data")]
    [InlineData(null, "UseDevelopmentStorage=true", "local/data")]
    public async Task The_container_behind_an_alias_is_made_by_its_own_name(string? connectionString, string? named, string alias)
    {
        using var storage = new Storage();
        var blob = new BlobOptions { ConnectionString = connectionString, Aliases = { ["invoices"] = alias } };
        if (named is not null)
            blob.Accounts["local"] = new() { ConnectionString = named };

        await Clients(storage, blob).Retrying(new("invoices", "x")).DeleteAsync(cancellationToken: Cancelled);

        Assert.Equal(["DELETE data/x", "PUT data", "DELETE data/x"], storage.Requests);
    }

    // None in an account that only looks like it: what may be written there is its owner's to say.
    [Fact]
    public async Task No_container_of_another_account_is_made()
    {
        using var storage = new Storage();
        var clients = Clients(
            storage,
            "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;");

        var refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => clients.Retrying(new("uploads", "x")).DeleteAsync(cancellationToken: Cancelled));

        Assert.Equal("ContainerNotFound", refused.ErrorCode);
        Assert.Equal(["DELETE uploads/x"], storage.Requests);
    }

    private static BlobClients Clients(Storage storage, string connectionString) =>
        Clients(storage, new BlobOptions { ConnectionString = connectionString, Containers = { "uploads" } });

    private static BlobClients Clients(Storage storage, BlobOptions blob) => new(
        Options.Create(blob), static _ => throw new InvalidOperationException("No sign-in here."), new Rig().Metrics, TimeProvider.System,
        new HttpClientTransport(new HttpClient(storage)));

    // One container, which is there once it was made.
    private sealed class Storage : HttpMessageHandler
    {
        public bool IsEmpty { get; set; } = true;

        public List<string> Requests { get; } = [];

        public string? LastContent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath["/devstoreaccount1/".Length..]}");
            LastContent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            if (request.RequestUri.Query.Contains("restype=container", StringComparison.Ordinal))
                IsEmpty = false;
            else if (IsEmpty)
                return new HttpResponseMessage(HttpStatusCode.NotFound)
                {
                    Headers = { { "x-ms-error-code", "ContainerNotFound" }, { "x-ms-request-id", "1" } },
                    RequestMessage = request
                };
            var status = request.Method == HttpMethod.Delete ? HttpStatusCode.Accepted : HttpStatusCode.Created;
            return new HttpResponseMessage(status)
            {
                Headers = { { "x-ms-request-id", "1" }, { "ETag", "\"1\"" } },
                Content = new ByteArrayContent([]) { Headers = { LastModified = DateTimeOffset.UnixEpoch } },
                RequestMessage = request
            };
        }
    }
}
