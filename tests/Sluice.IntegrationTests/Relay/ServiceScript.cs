using Microsoft.AspNetCore.Http;

namespace Sluice.IntegrationTests.Relay;

/// <summary>What a <see cref="ScriptedService"/> does with one request.</summary>
internal delegate Task ServiceScript(HttpContext context, ServiceExchange exchange);
