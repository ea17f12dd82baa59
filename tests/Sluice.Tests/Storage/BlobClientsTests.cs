using System.Net;
using System.Net.Http.Headers;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Options;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Tests.Storage;

/// <summary>Each name leads to one container of one account, with the sign-in of that account.</summary>
public sealed class BlobClientsTests : IDisposable
{
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Requests _requests = new();
    private readonly List<BlobAccountOptions> _signedIn = [];

    private static CancellationToken Unending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uploads", "https://ours.blob.core.windows.net/uploads/a/b")]
    [InlineData("local", "https://ours.blob.core.windows.net/real-one/a/b")]
    [InlineData("invoices", "https://theirs.blob.core.windows.net/data/a/b")]
    [InlineData("signed", "https://keyed.blob.core.windows.net/data/a/b")]
    [InlineData("archive", "https://elsewhere.blob.core.windows.net/uploads/a/b")]
    public void A_name_leads_to_its_container(string name, string address)
    {
        var clients = Clients();

        Assert.Equal(address, clients.Retrying(new(name, "a/b")).Uri.ToString());
        Assert.Equal(address, clients.Once(new(name, "a/b")).Uri.ToString());
        Assert.Equal(address, clients.Address(new(name, "a/b")).OriginalString);
        Assert.Equal(address, $"{clients.Container(name).Uri}/a/b");
    }

    // The container behind an alias is not open by its own name, and case matters.
    [Theory]
    [InlineData("data")]
    [InlineData("real-one")]
    [InlineData("theirs/data")]
    [InlineData("Uploads")]
    [InlineData("")]
    public void A_name_that_is_not_configured_leads_nowhere(string name) =>
        Assert.Throws<InvalidOperationException>(() => Clients().Retrying(new(name, "a")));

    [Fact]
    public async Task Each_account_is_asked_with_the_token_of_its_own_sign_in()
    {
        var clients = Clients();

        foreach (var name in (string[])["uploads", "local", "invoices", "archive"])
        {
            await clients.Retrying(new(name, "x")).DeleteAsync(cancellationToken: Unending);
            await clients.Once(new(name, "x")).DeleteAsync(cancellationToken: Unending);
        }

        Assert.Equal(
            [
                "ours.blob.core.windows.net Bearer ours", "theirs.blob.core.windows.net Bearer theirs",
                "elsewhere.blob.core.windows.net Bearer elsewhere"
            ],
            _requests.Seen.Distinct());
        Assert.Equal(3, _signedIn.Count);
        Assert.Equal(["client", null, null], _signedIn.OrderBy(static account => account.ClientId is null).Select(static a => a.ClientId));
    }

    [Fact]
    public async Task Another_account_reads_a_blob_with_the_token_of_the_account_that_has_it()
    {
        var (address, authorization, _) = await Clients().SourceAsync(new("invoices", "x"), Unending);

        Assert.Equal("https://theirs.blob.core.windows.net/data/x", address.ToString());
        Assert.Equal("Bearer theirs", authorization?.ToString());
    }

    [Fact]
    public async Task Another_account_reads_a_blob_with_a_signature_by_the_key_of_the_account_that_has_it()
    {
        var (address, authorization, _) = await Clients().SourceAsync(new("signed", "x"), Unending);

        Assert.Null(authorization);
        Assert.StartsWith("https://keyed.blob.core.windows.net/data/x?", address.ToString(), StringComparison.Ordinal);
        Assert.Contains("&sp=r&", address.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_is_configured_is_in_the_address_for_storage_and_in_no_other()
    {
        var clients = Clients(static blob => blob.Accounts["keyed"] = new()
        {
            ConnectionString = "BlobEndpoint=https://keyed.blob.core.windows.net;SharedAccessSignature=sv=2026-01-01&sig=secret"
        });

        var (address, authorization, _) = await clients.SourceAsync(new("signed", "x"), Unending);

        Assert.Null(authorization);
        Assert.Equal("https://keyed.blob.core.windows.net/data/x?sv=2026-01-01&sig=secret", address.ToString());
        Assert.Equal("https://keyed.blob.core.windows.net/data/x", clients.Address(new("signed", "x")).ToString());
    }

    // As it is in JSON.
    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("ä?#%41", "%C3%A4%3F%23%2541")]
    public void An_address_is_encoded(string name, string path) => Assert.Equal(
        $"https://ours.blob.core.windows.net/uploads/{path}", Clients().Address(new("uploads", name)).OriginalString);

    [Fact]
    public void A_default_account_is_needed_only_by_names_without_an_account()
    {
        var clients = Clients(static blob =>
        {
            blob.Endpoint = null;
            blob.Containers.Clear();
            blob.Aliases.Remove("local");
        });

        Assert.Equal("https://theirs.blob.core.windows.net/data/x", clients.Address(new("invoices", "x")).ToString());
        Assert.Equal(2, _signedIn.Count);
    }

    [Fact]
    public void Several_names_may_lead_to_one_container_and_a_container_may_be_listed_twice()
    {
        var clients = Clients(static blob =>
        {
            blob.Containers.Add("uploads");
            blob.Aliases["bills"] = "THEIRS/data";
        });

        Assert.Equal(clients.Address(new("invoices", "x")), clients.Address(new("bills", "x")));
        Assert.Equal(3, _signedIn.Count);
    }

    public void Dispose() => _requests.Dispose();

    private BlobClients Clients(Action<BlobOptions>? change = null)
    {
        var blob = new BlobOptions
        {
            Endpoint = new("https://ours.blob.core.windows.net"),
            Containers = { "uploads" },
            Aliases =
            {
                ["invoices"] = "theirs/data",
                ["signed"] = "keyed/data",
                ["local"] = "real-one",
                ["archive"] = "elsewhere/uploads",
            },
            Accounts =
            {
                ["theirs"] = new() { Endpoint = new("https://theirs.blob.core.windows.net"), ClientId = "client" },
                ["keyed"] = new() { ConnectionString = $"AccountName=keyed;AccountKey={Key};EndpointSuffix=core.windows.net" },
                ["elsewhere"] = new() { Endpoint = new("https://elsewhere.blob.core.windows.net") },
            },
        };
        change?.Invoke(blob);
        return new BlobClients(
            Options.Create(blob), SignIn, new Rig().Metrics, TimeProvider.System, new HttpClientTransport(new HttpClient(_requests)));
    }

    private Credential SignIn(BlobAccountOptions account)
    {
        _signedIn.Add(account);
        return new Credential(account.Endpoint!.Host.Split('.')[0]);
    }

    // Tokens that name the account they are for.
    private sealed class Credential(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class Requests : HttpMessageHandler
    {
        public List<string> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add($"{request.RequestUri!.Host} {request.Headers.Authorization}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted)
            {
                Headers = { { "x-ms-request-id", "1" } },
                Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } },
                RequestMessage = request,
            });
        }
    }
}
