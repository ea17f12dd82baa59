namespace Sluice.AspNetCore.WarmUp;

/// <summary>
/// What must exist before the warm-up, so that the warm-up includes its work. The warm-up runs before any service of the host starts, so a
/// package can't rely on a service of its own for this.
/// </summary>
internal interface IWarmUpPreparation
{
    /// <summary>Runs once, directly before the warm-up. An exception fails startup.</summary>
    void Prepare();
}
