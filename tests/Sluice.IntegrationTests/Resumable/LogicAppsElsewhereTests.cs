using Sluice.Failures;
using Sluice.IntegrationTests.Multipart;
using Sluice.IntegrationTests.Server;

namespace Sluice.IntegrationTests.Resumable;

/// <summary>Where the chunks of Azure Logic Apps are not accepted, because something has to be read in the body first.</summary>
[Collection<OnFormServer>]
public sealed class LogicAppsElsewhereTests(FormServer server)
{
    private static readonly (string, string)[] _chunked = [("x-ms-transfer-mode", "chunked"), ("x-ms-content-length", "5")];

    [Fact]
    public async Task A_form_is_not_sent_in_chunks()
    {
        using var answer = await server.SendAsync(
            HttpMethod.Post, server.FormPath(), new ByteArrayContent([]), 1,
            [.. _chunked, ("Content-Type", "multipart/form-data; boundary=b")]);

        await ProblemDocument.ExpectAsync(answer, FailureKind.HeaderInvalid, Phase.Admit);
    }

    // A type that is declared is not enough for who wants to know what the bytes show.
    [Fact]
    public async Task Where_media_types_are_looked_for_in_the_body_a_blob_is_not_sent_in_chunks()
    {
        using var answer = await server.PutAsync("a", new ByteArrayContent([]), [.. _chunked, ("Content-Type", "image/png")]);

        await ProblemDocument.ExpectAsync(answer, FailureKind.MediaTypeRefused, Phase.Admit);
        Assert.Null(answer.Headers.Location);
    }
}
