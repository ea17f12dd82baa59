namespace Sluice.AspNetCore;

/// <summary>
/// Decides in code about uploads through Sluice's own routes: who may upload what, where it goes, under which name, within which limits.
/// Register one, with any lifetime:
/// <code>
/// builder.Services.AddScoped&lt;IUploadPolicy, TenantPolicy&gt;();
/// </code>
/// Uploads of your own functions and endpoints (<see cref="SluiceUploads"/>) don't pass through it: they state an
/// <see cref="UploadPolicy"/> themselves.
/// </summary>
public interface IUploadPolicy
{
    /// <summary>
    /// Called once for each upload: for each PUT, each file of a form, each ingested body, each webhook delivery, each relayed request,
    /// and each resumable upload when it is created. Sluice has then checked the request's headers and the configured limits, and read the
    /// first bytes of the body (of a resumable upload, none). Nothing has been sent to storage or to a service. The sender of a webhook
    /// has been verified only if the whole body fits into the first bytes (<see cref="BodyPeek.IsWhole"/>).
    /// <para>
    /// While the method runs, nothing reads the body, so the client waits. Sluice sets no time limit.
    /// </para>
    /// </summary>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Fires when the client has disconnected, or the process has to stop.</param>
    /// <returns>
    /// The decision. It can't exceed the configured limits: a container must be one of <c>Sluice:Blob:Containers</c> or
    /// <c>Sluice:Blob:Aliases</c>.
    /// </returns>
    /// <remarks>An exception is logged (event 20), and this upload fails with 500. Nothing of it becomes visible.</remarks>
    ValueTask<UploadDecision> DecideAsync(IncomingUpload upload, CancellationToken cancellationToken);
}
