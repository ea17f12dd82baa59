using Microsoft.AspNetCore.Http.Features;

namespace Sluice.IntegrationTests.Relay;

/// <summary>Hears of requests that Kestrel refuses before anybody else sees them.</summary>
internal sealed class BadRequestObserver(Action<string> refused) : IObserver<KeyValuePair<string, object?>>
{
    public const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void OnNext(KeyValuePair<string, object?> value) =>
        refused(((IFeatureCollection)value.Value!).Get<IBadRequestExceptionFeature>()?.Error?.Message ?? "?");

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
