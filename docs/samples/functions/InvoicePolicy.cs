using Sluice.AspNetCore;

namespace Invoices;

/// <summary>Decides about uploads through the routes of Sluice: an invoice has to come through this app's own function.</summary>
public sealed class InvoicePolicy : IUploadPolicy
{
    public ValueTask<UploadDecision> DecideAsync(IncomingUpload upload, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            upload.Container == "invoices"
                ? UploadDecision.Refuse($"Send an invoice to /api/invoices/{upload.Name}.")
                : UploadDecision.Accept);
}
