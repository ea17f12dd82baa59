namespace Sluice.Settings;

/// <summary>What an event is about. Its CloudEvents <c>type</c> is in parentheses.</summary>
public enum EventType
{
    /// <summary>A body was stored (<c>sluice.blob.stored</c>).</summary>
    Stored,

    /// <summary>A resumable upload was created (<c>sluice.upload.created</c>).</summary>
    Created,

    /// <summary>
    /// A request has ended, and its resumable upload has passed another multiple of <see cref="EventOptions.ProgressBytes"/>
    /// (<c>sluice.upload.progress</c>).
    /// </summary>
    Progress,

    /// <summary>A body was refused (<c>sluice.upload.refused</c>).</summary>
    Refused,

    /// <summary>A resumable upload was left incomplete until it expired (<c>sluice.upload.expired</c>).</summary>
    Expired,
}
