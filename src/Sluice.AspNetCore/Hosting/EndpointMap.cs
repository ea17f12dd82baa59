using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Routes;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Maps every endpoint: one line for each here, and one function for each in the function app.</summary>
internal static class EndpointMap
{
    public static IEndpointConventionBuilder MapSluiceEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(SluiceRoutes.Prefix);
        Map<BlobEndpoint>(
            api, RequiredScope.Write, SluiceRoutes.Blob, ["PUT", "POST"], static (blobs, request) => blobs.StoreAsync(request));
        Map<BlobEndpoint>(api, RequiredScope.Read, SluiceRoutes.Blob, ["GET", "HEAD"], static (blobs, request) => blobs.ReadAsync(request));
        Map<DeleteEndpoint>(
            api, RequiredScope.Delete, SluiceRoutes.Blob, ["DELETE"], static (blobs, request) => blobs.DeleteAsync(request));
        Map<FormEndpoint>(api, RequiredScope.Write, SluiceRoutes.Container, ["POST"], static (forms, request) => forms.StoreAsync(request));
        Map<ListEndpoint>(
            api, RequiredScope.List, SluiceRoutes.Container, ["GET", "HEAD"], static (blobs, request) => blobs.ListAsync(request));
        Map<IngestEndpoint>(
            api, RequiredScope.Write, SluiceRoutes.Ingest, ["PUT", "POST"], static (ingest, request) => ingest.IngestAsync(request));
        Map<RelayEndpoint>(
            api, RequiredScope.Relay, SluiceRoutes.Relay, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            static (relay, request) => relay.RelayAsync(request));
        Map<WebhookEndpoint>(api, RequiredScope.Hooks, SluiceRoutes.Hook, ["POST"], static (hooks, request) => hooks.ReceiveAsync(request));
        Map<WebhookEndpoint>(
            api, RequiredScope.Hooks, SluiceRoutes.Hook, ["GET", "HEAD", "OPTIONS"],
            static (hooks, request) => hooks.CheckAddressAsync(request));
        Map<FilesEndpoint>(api, RequiredScope.Files, SluiceRoutes.Files, ["POST"], static (files, request) => files.CreateAsync(request));
        Map<FilesEndpoint>(api, null, SluiceRoutes.Files, ["OPTIONS"], static (files, request) => files.DiscoverAsync(request));
        Map<FilesEndpoint>(
            api, RequiredScope.Files, SluiceRoutes.File, ["HEAD", "GET"], static (files, request) => files.FindAsync(request));
        Map<FilesEndpoint>(
            api, RequiredScope.Files, SluiceRoutes.File, ["PATCH", "POST"], static (files, request) => files.AppendAsync(request));
        Map<FilesEndpoint>(api, RequiredScope.Files, SluiceRoutes.File, ["DELETE"], static (files, request) => files.CancelAsync(request));
        Map<FilesEndpoint>(api, null, SluiceRoutes.File, ["OPTIONS"], static (files, request) => files.DiscoverAsync(request));
        Map<PeekEndpoint>(api, RequiredScope.Write, SluiceRoutes.Peek, ["POST"], static (peek, request) => peek.PeekAsync(request));
        Map<EventsEndpoint>(
            api, RequiredScope.Admin, SluiceRoutes.Replay, ["POST"], static (events, request) => events.ReplayAsync(request));
        Map<HealthEndpoint>(
            api, null, SluiceRoutes.Live, ["GET", "HEAD"], static (health, request) => health.LiveAsync(request)).DisableRateLimiting();
        Map<HealthEndpoint>(
            api, null, SluiceRoutes.Ready, ["GET", "HEAD"], static (health, request) => health.ReadyAsync(request)).DisableRateLimiting();
        Map<OpenApiEndpoint>(
            api, RequiredScope.Admin, SluiceRoutes.OpenApi, ["GET", "HEAD"], static (openApi, request) => openApi.ReadAsync(request));
        // The same document for everybody. A browser can't send a key with its first request: the page asks for one.
        Map<UploadPageEndpoint>(
            api, null, SluiceRoutes.UploadPage, ["GET", "HEAD"], static (page, request) => page.ReadAsync(request));
        return api;
    }

    // A plain delegate: binding by reflection would cost the first request most of its memory.
    private static IEndpointConventionBuilder Map<TEndpoint>(
        RouteGroupBuilder api, RequiredScope? scope, string route, string[] verbs, Func<TEndpoint, HttpRequest, Task<IResult>> endpoint)
        where TEndpoint : notnull
    {
        var mapped = api.MapMethods(route, verbs, async (HttpContext context) =>
        {
            var answer = await endpoint(context.RequestServices.GetRequiredService<TEndpoint>(), context.Request);
            await answer.ExecuteAsync(context);
        });
        return scope is null ? mapped.AllowAnonymous() : mapped.WithMetadata(scope);
    }
}
