using Sluice.Settings;

namespace Sluice.Events;

/// <summary>The storage account of the outbox, where the host decides it and not the settings.</summary>
/// <param name="Options">How to reach it: the address is that of its queue service.</param>
public sealed record EventAccount(BlobAccountOptions Options);
