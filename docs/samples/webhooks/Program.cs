using Azure;
using Azure.Storage.Queues;
using Sluice.AspNetCore;
using Sluice.Failures;
using Webhooks;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSluice(builder.Configuration);

// As the sender shows it. An empty or short key could be guessed, and then anybody could sign.
var secret = Setting("Webhook:Secret") is ['w', 'h', 's', 'e', 'c', '_', .. var base64] ? Convert.FromBase64String(base64) : [];
if (secret.Length < 24)
    throw new InvalidOperationException("Webhook:Secret must be whsec_ and at least 24 bytes in base64.");

// In base64, as the queue triggers of Azure Functions expect a message.
var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
var queue = new QueueClient(Setting("Queue:ConnectionString"), Setting("Queue:Name"), options);
await queue.CreateIfNotExistsAsync();

var app = builder.Build();
app.UseSluiceLimits();
app.MapPost("/hooks", ReceiveAsync);
app.Run();

string Setting(string key) => builder.Configuration[key] ?? throw new InvalidOperationException($"{key} is not set.");

async Task<IResult> ReceiveAsync(HttpRequest request, SluiceUploads uploads, CancellationToken cancellationToken)
{
    // 1. Verify, before anything is stored. The whole delivery must be in the peek window (Sluice:Peek:WindowBytes).
    var peek = await uploads.PeekAsync(request, cancellationToken);
    if (peek.Failure is { } failure)
        return uploads.Problem(failure);
    if (!peek.IsWhole)
        return uploads.Problem(new Failure(FailureKind.BodyTooLarge, Phase.Peek, "A delivery has at most 64 KiB."));
    if (StandardWebhook.Verify(request.Headers, peek.FirstBytes.Span, secret, DateTimeOffset.UtcNow) is not { } id)
        return uploads.Problem(new Failure(FailureKind.SignatureInvalid, Phase.Peek, "The signature, or its timestamp, is not valid."));

    // 2. Store. The id is signed, so only the same delivery has this name: a repetition replaces it by itself.
    var stored = await uploads.StoreAsync(request, "hooks", Uri.EscapeDataString(id), policy: null, cancellationToken);
    if (stored.Receipt is not { } receipt)
        return stored;

    // 3. Tell the consumers: where it is, not what it is. A message has at most 64 KiB, and the delivery can be personal data.
    var message = new { Id = id, receipt.Container, receipt.Name, receipt.Bytes, receipt.StoredMediaType, receipt.ETag, receipt.Digests };
    try
    {
        // Even if the sender has left by now: the delivery is stored.
        await queue.SendMessageAsync(BinaryData.FromObjectAsJson(message), cancellationToken: CancellationToken.None);
    }
    catch (Exception e) when (e is RequestFailedException or AggregateException)
    {
        // Not a success: the sender delivers again, and both steps are repeated. A consumer can get a message twice, but never none.
        return TypedResults.Problem("The delivery is stored, but no consumer knows of it. Send it again.", statusCode: 503);
    }

    return stored; // 201 and the receipt
}
