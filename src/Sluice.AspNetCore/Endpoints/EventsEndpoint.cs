using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Results;
using Sluice.Failures;

namespace Sluice.AspNetCore.Endpoints;

/// <summary><c>POST /api/events/replay</c>: delivers events again.</summary>
public sealed class EventsEndpoint
{
    private const string Id = "id";
    private const string Destination = "destination";
    private const string From = "from";
    private const string Before = "before";
    private const string Blob = "blob";

    private readonly EndpointGuard _guard;
    private readonly IEventReplay? _replay;

    internal EventsEndpoint(EndpointGuard guard, IEventReplay? replay) => (_guard, _replay) = (guard, replay);

    /// <summary>
    /// 202 with the number of events that are being delivered again. The query chooses them: <c>id</c>, <c>destination</c>, <c>from</c>,
    /// <c>before</c> (of what is in the dead-letter queue), or <c>blob</c>.
    /// </summary>
    public Task<IResult> ReplayAsync(HttpRequest request) => _guard.RunAsync(request, ReplayAsync);

    private async Task<IResult> ReplayAsync(HttpRequest request, CancellationToken aborted) =>
        _replay is not { IsOn: true } replay ? _guard.Refuse(RoutingFailures.NoEvents)
        : !Bind(request.Query).TryGet(out var query, out var failure)
            || !(await replay.RunAsync(query, aborted)).TryGet(out var replayed, out failure) ? _guard.Refuse(failure)
        : new ReplayResult(replayed);

    private static Result<ReplayQuery> Bind(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (values.Count != 1 && name is Id or Destination or From or Before or Blob)
            {
                return Invalid($"'{name}' occurs more than once.");
            }
        }

        if (!TryReadTime(query, From, out var from) || !TryReadTime(query, Before, out var before))
        {
            return Invalid("'from' and 'before' are times, such as 2030-01-31T12:00:00Z.");
        }

        var chosen = new ReplayQuery
        {
            Id = Text(query, Id),
            Destination = Text(query, Destination),
            From = from,
            Before = before,
            Blob = Text(query, Blob),
        };
        return chosen == new ReplayQuery()
            ? Invalid("Choose the events by 'id', 'destination', 'from', 'before' or 'blob'.")
            : chosen.Blob is not null && chosen != new ReplayQuery { Blob = chosen.Blob, Destination = chosen.Destination }
                ? Invalid("Only 'destination' can be combined with 'blob'.")
                : chosen;
    }

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } only] ? only : null;

    private static bool TryReadTime(IQueryCollection query, string name, out DateTimeOffset? time)
    {
        time = null;
        if (Text(query, name) is not { } text)
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        time = read;
        return isTime;
    }

    private static Failure Invalid(string problem) => new(FailureKind.QueryInvalid, Phase.Admit, problem);
}
