using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Sluice.AspNetCore;
using Sluice.Failures;

namespace Invoices;

/// <summary>Functions of an app's own, beside all of Sluice's.</summary>
public sealed class InvoiceFunctions(SluiceUploads uploads)
{
    // Refuses by policy: 413, 415 and 412 are Sluice's answers. The body goes to storage block by block, and is visible once it is whole.
    [Function("StoreInvoice")]
    public async Task<IResult> Store(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "invoices/{name}")] HttpRequest request, string name, CancellationToken cancellationToken) =>
        await uploads.StoreAsync(
            request,
            "invoices",
            $"{DateTime.UtcNow:yyyy}/{name}",
            new UploadPolicy { MaxBytes = 200_000_000, MediaTypes = new() { Allow = { "application/pdf" } }, CreateOnly = true },
            cancellationToken);

    // Decides in code, on the first bytes, which nobody has consumed; and answers in its own words.
    [Function("StoreOrder")]
    public async Task<IResult> StoreOrder(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "orders")] HttpRequest request, CancellationToken cancellationToken)
    {
        var peek = await uploads.PeekAsync(request, cancellationToken);
        if (peek.Failure is { } failure)
        {
            return uploads.Problem(failure);
        }

        if (peek.JsonText("/customer") is not { Length: > 0 } customer)
        {
            // As a problem of Sluice's: it reads the rest of a body of any size, without which the Functions host passes no answer on.
            return uploads.Problem(new Failure(FailureKind.RouteRefused, Phase.Route, "An order has a customer.") { Status = 422 });
        }

        var name = $"orders/{Uri.EscapeDataString(customer)}/{Guid.NewGuid():N}.json";
        var stored = await uploads.StoreAsync(request, "invoices", name, policy: null, cancellationToken);
        return stored.Receipt is { } receipt
            ? TypedResults.Accepted($"/api/blobs/{receipt.Container}/{PathOf(receipt.Name)}", receipt.Bytes)
            : stored;
    }

    // A blob's name in an address: here a % of the name is encoded again.
    private static string PathOf(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
