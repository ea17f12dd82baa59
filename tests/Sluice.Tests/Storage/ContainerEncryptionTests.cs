using Sluice.Failures;
using Sluice.Settings;
using Sluice.Storage;
using Sluice.Tests.Body;
using Sluice.Tests.Resumable;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Storage;

/// <summary>
/// How storage encrypts is in every request that writes or reads bytes. Azurite supports neither scopes nor keys, so this is about the
/// requests (https://learn.microsoft.com/azure/storage/blobs/encryption-customer-provided-keys#request-headers-for-specifying-customer-provided-keys).
/// </summary>
public sealed class ContainerEncryptionTests
{
    private const string Scope = "x-ms-encryption-scope";
    private const string Key = "x-ms-encryption-key";
    private const string SourceKey = "x-ms-source-encryption-key";

    private static readonly string _key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray());

    private static readonly string _secure = new Rig().Blob.ConnectionString!.Replace("http:", "https:", StringComparison.Ordinal)
        .Replace("DefaultEndpointsProtocol=http;", "DefaultEndpointsProtocol=https;", StringComparison.Ordinal);

    private readonly Rig _rig = new();

    [Theory]
    [InlineData(100)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_scope_is_in_every_request_that_writes(int length)
    {
        _rig.Blob.Encryption["inbox"] = new() { Scope = "tenant-a" };
        await StoreAndReadAsync(length);

        Assert.All(
            _rig.Storage.Requests.Where(static request => Writes(request.Operation)),
            static request => Assert.Equal(("tenant-a", null), (request.Header(Scope), request.Header(Key))));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3 * Rig.BlockBytes)]
    public async Task A_key_is_in_every_request_that_writes_or_reads(int length)
    {
        (_rig.Blob.ConnectionString, _rig.Blob.Encryption["inbox"]) = (_secure, new() { Key = _key });
        await StoreAndReadAsync(length);

        Assert.Contains(_rig.Storage.Requests, static request => request.Operation == StorageOperation.GetBlob);
        Assert.Contains(_rig.Storage.Requests, static request => request.Operation == StorageOperation.GetProperties);
        Assert.All(
            _rig.Storage.Requests,
            static request => Assert.Equal(
                (_key, "AES256", null),
                (request.Header(Key), request.Header("x-ms-encryption-algorithm"), request.Header(Scope))));
    }

    [Fact]
    public async Task Parts_are_copied_with_their_key()
    {
        var world = new ConcatenationWorld();
        (world.Rig.Blob.ConnectionString, world.Rig.Blob.Encryption["inbox"]) = (_secure, new() { Key = _key });
        foreach (var content in ConcatenationWorld.Contents)
            world.Parts.Add(await world.PartAsync(content, content.Length));

        world.AssertWhole(await world.ConcatenateAsync(), "");

        Assert.NotEmpty(world.Storage.Of(StorageOperation.PutBlockFromUrl));
        Assert.All(
            world.Storage.Of(StorageOperation.PutBlockFromUrl),
            static copy => Assert.Equal((_key, _key), (copy.Header(Key), copy.Header(SourceKey))));
        Assert.All(world.Storage.Of(StorageOperation.PutBlock), static block => Assert.Equal(_key, block.Header(Key)));
    }

    [Fact]
    public async Task Other_containers_have_none()
    {
        _rig.Blob.Containers.Add("outbox");
        _rig.Blob.Encryption["outbox"] = new() { Scope = "tenant-a" };
        await StoreAndReadAsync(100);

        Assert.All(_rig.Storage.Requests, static request => Assert.Null(request.Header(Scope)));
    }

    public static TheoryData<string, BlobEncryptionOptions, string> Wrong { get; } = new()
    {
        { "other", new() { Scope = "tenant-a" }, "is for a container that is not one of Sluice:Blob:Containers or Sluice:Blob:Aliases." },
        { "inbox", new(), "must have exactly one of Scope and Key." },
        { "inbox", new() { Scope = "" }, "must have exactly one of Scope and Key." },
        { "inbox", new() { Scope = "Tenant" }, ":Scope is 'Tenant': it must be the name of an encryption scope: 3 to 63 lower-case letters, digits and single '-', none at an end." },
        { "inbox", new() { Key = "c2VjcmV0" }, "has a Key that can't be used: it must be 32 bytes in base64." },
        { "inbox", new() { Key = "not base64" }, "has a Key that can't be used: it must be 32 bytes in base64." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_and_no_key(string container, BlobEncryptionOptions options, string says)
    {
        var problem = Assert.Single(Problems(_secure, container, options));
        Assert.Equal($"Sluice:Blob:Encryption:{container}{(says[0] == ':' ? "" : " ")}{says}", problem);
        Assert.DoesNotContain("c2VjcmV0", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_is_one_too_many() => Assert.Equal(
        "Sluice:Blob:Encryption:inbox must have exactly one of Scope and Key.",
        Assert.Single(Problems(_secure, "inbox", new() { Scope = "tenant-a", Key = _key })));

    [Fact]
    public void Names_of_one_container_have_one_key()
    {
        var options = new BlobOptions
        {
            ConnectionString = _secure,
            Containers = { "inbox" },
            Aliases = { ["other"] = "inbox", ["third"] = "elsewhere" },
            Encryption = { ["inbox"] = new() { Key = _key } },
        };
        var problems = new List<string>();
        ContainerEncryption.Check(options, problems);
        Assert.StartsWith(
            "Sluice:Blob:Encryption differs for inbox and other, which are names of one container", Assert.Single(problems),
            StringComparison.Ordinal);

        (options.Encryption["other"], problems) = (new() { Key = _key }, []);
        ContainerEncryption.Check(options, problems);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=http")]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net")]
    [InlineData("AccountName=a;AccountKey=a2V5;BlobEndpoint=http://a.example/")]
    public void A_key_is_not_sent_in_the_clear(string account) => Assert.Equal(
        "Sluice:Blob:Encryption:inbox has a Key, and its account is not reached by https: the key would be sent in the clear.",
        Assert.Single(Problems(account, "inbox", new() { Key = _key })));

    private static List<string> Problems(string account, string container, BlobEncryptionOptions options)
    {
        var problems = new List<string>();
        ContainerEncryption.Check(
            new BlobOptions { ConnectionString = account, Containers = { "inbox" }, Encryption = { [container] = options } }, problems);
        return problems;
    }

    private static bool Writes(StorageOperation operation) =>
        operation is StorageOperation.PutBlob or StorageOperation.PutBlock or StorageOperation.PutBlockList;

    private async Task StoreAndReadAsync(int length)
    {
        var content = ScriptedBody.Content(length);
        (await _rig.UploadAsync(ScriptedBody.Of(content))).Value();
        var reader = new BlobReader(_rig.Clients);
        Assert.NotNull((await reader.FindAsync(Rig.Target, Phase.Read, TestContext.Current.CancellationToken)).Value());
        var (_, stream) = (await reader.OpenAsync(Rig.Target, TestContext.Current.CancellationToken)).Value();
        await stream.DisposeAsync();
    }
}
