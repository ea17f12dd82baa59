using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore;
using Sluice.AspNetCore.Endpoints;
using Sluice.AspNetCore.Multipart;
using Sluice.Failures;
using Sluice.Names;
using Sluice.Routing;
using Sluice.Routing.Evidence;
using Sluice.Storage;
using Sluice.Uploads;

namespace Sluice.Tests.Fuzz.Targets;

/// <summary>What clients say behind the question mark.</summary>
internal static partial class Queries
{
    private static readonly IConfiguration _settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Sluice:Blob:ConnectionString"] = "UseDevelopmentStorage=true",
        ["Sluice:Blob:Containers:0"] = "inbox",
        ["Sluice:Relay:Targets:erp:Address"] = "https://erp.example/",
        ["Sluice:Relay:Targets:erp:Methods:0"] = "PUT",
        ["Sluice:Routes:0:Name"] = "both",
        ["Sluice:Routes:0:When:Path"] = "in/**",
        ["Sluice:Routes:0:When:Methods:0"] = "PUT",
        ["Sluice:Routes:0:Store:Container"] = "inbox",
        ["Sluice:Routes:0:Store:Name"] = "kept/{path}",
        ["Sluice:Routes:0:Relay:Target"] = "erp",
        ["Sluice:Routes:0:Relay:Path"] = "{path}",
        ["Sluice:Routes:1:Name"] = "asked",
        ["Sluice:Routes:1:When:Query:kind"] = "a*",
        ["Sluice:Routes:1:Store:Container"] = "inbox",
        ["Sluice:Routes:1:Store:Name"] = "{path}",
    }).Build();

    private static readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddSluice(_settings).BuildServiceProvider();
    private static readonly PeekEndpoint _peek = _services.GetRequiredService<PeekEndpoint>();
    private static readonly RouteTable _routes = _services.GetRequiredService<RouteTable>();
    private static readonly Admission _admission = _services.GetRequiredService<Admission>();

    public static FuzzTarget Peek { get; } = new(
        "Query of a peek", "HttpUtility reads the same names; the rules and the check of names say the same of them")
    {
        Seeds =
        [
            "container=inbox&name=a/b.txt", "path=in/a.txt", "path=in/a%20b&method=POST", "path=x&kind=abc", "container=other", "name=a",
            "path=in/%2e%2e/a&kind=a"
        ],
        Tokens =
        [
            "path=", "method=", "container=", "name=", "kind=", "inbox", "in/", "&", "=", "%20", "%2F", "%00", "%ff", "%5C", "+", "PUT",
            "POST", "..", "/", ".", "a", "?", ";"
        ],
        FixedBytes = 512 * 1024,
        BytesPerCharacter = 1_024,
        Parse = static text => _ = Ask(text),
        Check = static text =>
        {
            using var answer = Ask(text);
            var would = answer.RootElement.GetProperty("would");
            return !Readable().IsMatch(text) ? null
                : Expected(Read(text)) is var expected && Said(would) != expected
                    ? $"it says {Said(would)}, and the rules say {expected}"
                    : null;
        },
    };

    public static FuzzTarget Form { get; } = new("Query of a form", "HttpUtility reads the same; what is neither true nor false is refused")
    {
        Seeds = ["atomic=true&prefix=a/", "atomic=false", "prefix=a%20b", "atomic"],
        Tokens = ["atomic=", "true", "false", "TRUE", "prefix=", "&", "=", "%74", "+", ",", "%20", "a/"],
        FixedBytes = 64 * 1024,
        BytesPerCharacter = 512,
        Parse = static text => _ = FormRequest.Bind(FormOf(text)),
        Check = static text =>
        {
            if (!Readable().IsMatch(text))
            {
                return null;
            }

            var query = Read(text);
            var isTaken = FormRequest.Bind(FormOf(text)).TryGet(out var form, out var failure);
            return isTaken != (query("atomic") ?? "") is "" or "true" or "false" ? "it is the other way round"
                : !isTaken ? (failure!.Kind == FailureKind.HeaderInvalid ? null : $"it is refused as {failure.Kind}")
                : form!.IsAtomic == (query("atomic") == "true") && form.Prefix == (query("prefix") ?? "") ? null : $"it is read as {form}";
        },
    };

    private static JsonDocument Ask(string text)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = _services,
            Request = { Method = "POST", QueryString = new QueryString("?" + Encoded(text)), Body = new MemoryStream("{}"u8.ToArray()) }
        };
        using var written = new MemoryStream();
        context.Response.Body = written;
        _peek.PeekAsync(context.Request).GetAwaiter().GetResult().ExecuteAsync(context).GetAwaiter().GetResult();
        return context.Response.StatusCode == StatusCodes.Status200OK ? JsonDocument.Parse(written.ToArray())
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"It is answered {context.Response.StatusCode}."));
    }

    private static string Said(JsonElement would) => string.Join(' ', ((string[])["action", "rule", "container", "name", "target", "path"])
        .Select(name => would.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : "-"));

    private static string Expected(Func<string, string?> query)
    {
        if (query("path") is not { } path)
        {
            return query("container") is { } container && _admission.CheckTarget(new BlobTarget(container, query("name") ?? "")) is not null
                ? "refuse - - - - -"
                : "store - - - - -";
        }

        var request = new RouteRequest(
            query("method") ?? "PUT", path, null, null, Guid.Empty, DateTimeOffset.UnixEpoch, static _ => null, query);
        if (!_routes.Decide(request, new("{}"u8.ToArray()), true).TryGet(out var decision, out _))
        {
            return _routes.Explain(request, new("{}"u8.ToArray()), true).FirstOrDefault(static rule => rule.Matched) is { } rule
                ? $"refuse {rule.Name} - - - -"
                : "refuse - - - - -";
        }

        return decision.Store is { } blob && BlobName.Problem(blob.Name) is not null ? "refuse - - - - -"
            : decision.Relay is { } relay
                ? (_services.GetRequiredService<Sluice.AspNetCore.Relay.RelayClients>().Find("erp")!.Target
                    .Check(request.Method, relay.Path, null) is null
                    ? $"tee {decision.Rule} inbox {decision.Store!.Value.Name} erp /{relay.Relative}"
                    : "refuse - - - - -")
            : $"store {decision.Rule} inbox {decision.Store!.Value.Name} - -";
    }

    private static HttpRequest FormOf(string text)
    {
        var request = HttpRequests.Of("Content-Type:multipart/form-data; boundary=b", "POST");
        request.QueryString = new QueryString("?" + Encoded(text));
        return request;
    }

    // A name without a value has an empty one. Values of one name are joined, but for those that are empty.
    private static Func<string, string?> Read(string text)
    {
        var query = HttpUtility.ParseQueryString("?" + string.Join(
            '&', Encoded(text).Split('&').Select(static pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")));
        return name => query.GetValues(name) is { } values ? string.Join(',', values.Where(static value => value.Length > 0)) : null;
    }

    // As it comes over HTTP: in visible ASCII.
    private static string Encoded(string text) =>
        string.Concat(
            text.Select(static c => c is > ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"%{(byte)c:X2}")));

    // Everybody reads these the same: no bytes that are no UTF-8.
    [GeneratedRegex(@"\A(?:[!-$&-~]|%[2-7][0-9A-Ea-e])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Readable();
}
