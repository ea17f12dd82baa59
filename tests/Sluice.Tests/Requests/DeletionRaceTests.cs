using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Endpoints;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Requests;

/// <summary>What becomes of a deletion while others write, and when storage fails half-way.</summary>
public sealed class DeletionRaceTests
{
    private readonly Rig _rig = new();

    [Fact]
    public async Task A_blob_that_is_written_in_between_stays()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _rig.Storage.On(StorageOperation.DeleteBlob, 0, Overwrite);

        Assert.Equal("204", await DeleteAsync());

        Assert.Equal([2], _rig.Stored);
        Assert.Single(_rig.Storage.Of(StorageOperation.DeleteBlob));
    }

    [Fact]
    public async Task Who_names_a_version_is_told_that_it_is_another_one_now()
    {
        var blob = _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _rig.Storage.On(StorageOperation.DeleteBlob, 0, Overwrite);

        Assert.Equal("412 precondition-failed", await DeleteAsync(("If-Match", blob.ETag)));

        Assert.Equal([2], _rig.Stored);
        Assert.Single(_rig.Storage.Of(StorageOperation.DeleteBlob));
    }

    // The deletion happens, its answer is lost, somebody creates the blob only because it is gone, and the attempt is repeated.
    [Fact]
    public async Task A_blob_that_is_created_after_the_deletion_survives_the_repeated_attempt()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _rig.Storage.On(StorageOperation.DeleteBlob, 0, async exchange =>
        {
            (await Turn.Normal(exchange)).Dispose();
            _rig.Storage.Put(Rig.Target.ToString(), [2]);
            return StorageAnswer.Error(412, "ConditionNotMet");
        });

        Assert.Equal("204", await DeleteAsync());

        Assert.Equal([2], _rig.Stored);
    }

    // Some storage answers a condition on nothing with 412 instead of 404.
    [Fact]
    public async Task A_blob_that_somebody_else_deletes_in_between_is_gone_as_it_should_be()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _rig.Storage.On(StorageOperation.DeleteBlob, 0, async exchange =>
        {
            (await Turn.Normal(exchange)).Dispose();
            return StorageAnswer.Error(412, "ConditionNotMet");
        });

        Assert.Equal("204", await DeleteAsync());

        Assert.Single(_rig.Storage.Of(StorageOperation.DeleteBlob));
    }

    [Fact]
    public async Task A_deletion_whose_answer_never_comes_is_storage_s_failure_and_can_be_repeated()
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _rig.Storage.On(StorageOperation.DeleteBlob, 0, Turn.LoseAnswer);

        Assert.Equal("502 storage-unreachable", await DeleteAsync());
        Assert.Equal("404 blob-not-found", await DeleteAsync());
    }

    [Theory]
    [InlineData(503, "ServerBusy", "503 storage-throttled")]
    [InlineData(403, "AuthorizationFailure", "502 storage-denied")]
    [InlineData(404, "ContainerNotFound", "502 storage-rejected")]
    public async Task Nothing_is_deleted_that_can_t_be_looked_at(int status, string code, string problem)
    {
        _rig.Storage.Put(Rig.Target.ToString(), [1]);
        _rig.Storage.OnEvery(StorageOperation.GetProperties, Turn.Refuse(status, code));

        Assert.Equal(problem, await DeleteAsync());

        Assert.Empty(_rig.Storage.Of(StorageOperation.DeleteBlob));
    }

    private Task<HttpResponseMessage> Overwrite(StorageExchange exchange)
    {
        _rig.Storage.Put(Rig.Target.ToString(), [2]);
        return Turn.Normal(exchange);
    }

    // The status, and the last part of a problem's type.
    private async Task<string> DeleteAsync(params (string Name, string Value)[] headers)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sluice:Blob:ConnectionString"] = _rig.Blob.ConnectionString,
            ["Sluice:Blob:Containers:0"] = Rig.Target.Container,
            ["Sluice:Blob:AllowDelete"] = "true",
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddRouting().AddSingleton(_rig.Clients).AddSluice(settings)
            .BuildServiceProvider();
        using var written = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Method = "DELETE" }, Response = { Body = written } };
        context.Request.RouteValues["container"] = Rig.Target.Container;
        context.Request.RouteValues["name"] = Rig.Target.Name;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        await (await services.GetRequiredService<DeleteEndpoint>().DeleteAsync(context.Request)).ExecuteAsync(context);
        if (context.Response.StatusCode == StatusCodes.Status204NoContent)
        {
            return "204";
        }

        var problem = JsonElement.Parse(written.ToArray());
        return $"{context.Response.StatusCode} {problem.GetProperty("type").GetString()!.Split(':')[^1]}";
    }
}
