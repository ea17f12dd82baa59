namespace Sluice.Settings;

/// <summary>What happens to an upload whose event can't be announced.</summary>
public enum AnnouncementRule
{
    /// <summary>It is refused with 503 <c>event-unannounced</c>, and nothing becomes visible.</summary>
    Refuse,

    /// <summary>It is stored. That its event is lost is logged.</summary>
    Accept,
}
