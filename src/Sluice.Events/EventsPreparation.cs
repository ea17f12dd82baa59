using Microsoft.Extensions.DependencyInjection;
using Sluice.AspNetCore.WarmUp;
using Sluice.Events.Delivery;
using Sluice.Events.Messages;
using Sluice.Events.Outbox;
using Sluice.Settings;
using Sluice.Storage;

namespace Sluice.Events;

/// <summary>Loads what the first announcement and the first delivery would load, where there are any.</summary>
internal sealed class EventsPreparation(IServiceProvider services) : IWarmUpPreparation
{
    public void Prepare()
    {
        if (!services.GetRequiredService<OutboxUse>().IsOn)
        {
            return;
        }

        _ = (services.GetRequiredService<OutboxWriter>(), services.GetRequiredService<OutboxHandler>());
        var announced = new AnnouncedBody("", "", "", new UploadOrigin(UploadKind.Code));
        _ = OutboxMessage.Read(new OutboxMessage(MessageKind.Announced, default) { Announced = announced }.ToJson());
    }
}
