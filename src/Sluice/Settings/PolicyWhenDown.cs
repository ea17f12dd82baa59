namespace Sluice.Settings;

/// <summary>What happens to an upload that the policy service could not decide about.</summary>
public enum PolicyWhenDown
{
    /// <summary>The upload fails with 502, and nothing of it is stored or relayed.</summary>
    Refuse,

    /// <summary>The upload is accepted within the configured limits, and a warning is logged.</summary>
    Accept,
}
