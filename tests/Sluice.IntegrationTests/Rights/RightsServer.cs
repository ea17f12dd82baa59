using System.Text.Json;
using Azure.Storage.Blobs;
using Sluice.IntegrationTests.Callers;
using Sluice.IntegrationTests.Hosting;
using Sluice.IntegrationTests.Relay;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Rights;

/// <summary>
/// Has rights for callers that are identified: by tokens on Sluice.Server, by the principal of App Service authentication on Azure
/// Functions. Everything is switched on, so that only rights refuse.
/// </summary>
public class RightsServer(AzuriteFixture azurite) : RunningServer(azurite)
{
    internal const int BytesPerDay = 1_000;

    private const string SharedKey = "shared-key-0123456789";

    private readonly AzuriteFixture _azurite = azurite;
    private BlobContainerClient? _counts;
    private TestIssuer? _issuer;
    private ScriptedService? _service;

    /// <summary>Where bytes are counted.</summary>
    internal BlobContainerClient Counts => _counts!;

    internal ScriptedService Service => _service!;

    /// <summary>A caller that the host let in without knowing who it is.</summary>
    internal static (string Name, string Value)[] Unidentified => TestedHost.IsFunctions ? [] : [("x-functions-key", SharedKey)];

    /// <summary>The container in which bytes are counted, as it is configured.</summary>
    protected virtual string QuotaContainer => Counts.Name;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(
        Rights("own", "Callers:Kinds:0=Token", "Callers:Kinds:1=Principal", "Operations:0=Write", "Operations:1=Read", "Operations:2=List",
            "Operations:3=Delete", "Operations:4=Resume", $"Containers:0={Container.Name}", "Prefix=users/{caller:id}")
        .Concat(Rights("team", "Callers:Claims:team:0=red", "Callers:Claims:team:1=blue", "Operations:0=Write", "Operations:1=Read",
            $"Containers:0={Container.Name}", "Prefix=teams/{claim:team}/", "MaxBytes=100", "MediaTypes:Allow:0=image/png"))
        .Concat(Rights("auditor", "Callers:Roles:0=Auditor", "Operations:0=Read", "Operations:1=List", "Containers:0=*"))
        .Concat(Rights("metered", "Callers:Claims:plan:0=small", "Operations:0=Write", "Operations:1=Resume",
            $"Containers:0={Container.Name}", "Prefix=metered/{caller:id}", $"BytesPerDay={BytesPerDay}"))
        .Concat(Rights("relayer", "Callers:Roles:0=Relayer", "Operations:0=Relay", "Targets:0=SERVICE"))
        .Concat(Rights("boxed", "Callers:Roles:0=Boxed", "Operations:0=Write", "Operations:1=Read", "Operations:2=List",
            $"Containers:0={Container.Name}", "Prefix=a"))
        .Concat(Rights("hook", "Callers:Kinds:0=Source", "Callers:Ids:0=open", "Operations:0=Write", "Containers:0=*", "Prefix=hooks")))
    {
        ["Sluice:Callers:AppServicePrincipal"] = $"{TestedHost.IsFunctions}",
        ["Sluice:Server:Tokens:Authority"] = _issuer!.Address,
        ["Sluice:Server:Tokens:Audiences:0"] = TestIssuer.Audience,
        ["Sluice:Server:Tokens:Grants:0:Scopes:0"] = "admin",
        ["Sluice:Server:Keys:0"] = SharedKey,
        ["Sluice:Blob:AllowDelete"] = "true",
        ["Sluice:Blob:AllowList"] = "true",
        ["Sluice:Blob:QuotaContainer"] = QuotaContainer,
        ["Sluice:Resumable:Name"] = "{claim:area}/{caller:id}/{id}",
        ["Sluice:Relay:Targets:service:Address"] = $"{Service.Address()}",
        ["Sluice:Routes:0:Name"] = "by path",
        ["Sluice:Routes:0:When:Path"] = "to/**",
        ["Sluice:Routes:0:Store:Container"] = Container.Name,
        ["Sluice:Routes:0:Store:Name"] = "users/{header:X-Name-Of}/ruled",
        ["Sluice:Routes:1:Name"] = "tee",
        ["Sluice:Routes:1:When:Path"] = "tee",
        ["Sluice:Routes:1:Store:Container"] = Container.Name,
        ["Sluice:Routes:1:Store:Name"] = "users/{caller:id}/teed",
        ["Sluice:Routes:1:Relay:Target"] = "service",
        ["Sluice:Routes:2:Name"] = "later",
        ["Sluice:Routes:2:When:Path"] = "later",
        ["Sluice:Routes:2:Store:Container"] = Container.Name,
        ["Sluice:Routes:2:Store:Name"] = "users/{caller:id}/later",
        ["Sluice:Routes:2:PassOn:0:Target"] = "service",
        ["Sluice:Hooks:Sources:open:Scheme"] = "none",
        ["Sluice:Hooks:Sources:open:IdPointer"] = "/id",
        ["Sluice:Hooks:Sources:open:Store:Container"] = Container.Name,
        ["Sluice:Hooks:Sources:open:Store:Name"] = "hooks/{json:/id}",
        ["Sluice:Hooks:Sources:closed:Scheme"] = "none",
        ["Sluice:Hooks:Sources:closed:IdPointer"] = "/id",
        ["Sluice:Hooks:Sources:closed:Store:Container"] = Container.Name,
        ["Sluice:Hooks:Sources:closed:Store:Name"] = "hooks/{json:/id}",
    };

    /// <summary>A caller, as this host identifies it.</summary>
    internal (string Name, string Value) As(string id, params (string Claim, string Value)[] claims)
    {
        if (!TestedHost.IsFunctions)
        {
            return TestIssuer.Header(_issuer!.Token(id, token =>
            {
                foreach (var (claim, value) in claims)
                    token[claim] = value;
            }));
        }

        // As App Service names them.
        var all = claims.Select(static claim => new { typ = claim.Claim == "roles" ? "http://role" : claim.Claim, val = claim.Value })
            .Prepend(new { typ = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", val = id });
        var principal = JsonSerializer.SerializeToUtf8Bytes(
            new { auth_typ = "aad", role_typ = "http://role", name_typ = "name", claims = all });
        return ("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(principal));
    }

    protected override async Task PrepareAsync()
    {
        (_issuer, _service) = (await TestIssuer.StartAsync(), await ScriptedService.StartAsync());
        _counts = await _azurite.NewContainerAsync();
    }

    protected override async ValueTask CleanUpAsync()
    {
        await (_issuer?.DisposeAsync() ?? default);
        await (_service?.DisposeAsync() ?? default);
    }

    private int _rights;

    private IEnumerable<KeyValuePair<string, string>> Rights(string name, params string[] settings)
    {
        var section = $"Sluice:Rights:{(name == "own" ? _rights = 0 : ++_rights)}";
        yield return new($"{section}:Name", name);
        foreach (var setting in settings)
            yield return new($"{section}:{setting.Split('=')[0]}", setting.Split('=')[1]);
    }
}
