using System.Net;

namespace Sluice.Tests.Storage;

/// <summary>Storage's answers as they go over the wire.</summary>
internal static class StorageAnswer
{
    /// <summary>What every answer of storage has, and an answer of anything else has not.</summary>
    public const string RequestId = "x-ms-request-id";

    /// <summary>To Put Block: storage says the checksum of what it took.</summary>
    public static HttpResponseMessage Staged(string crc64)
    {
        var answer = Signed(new HttpResponseMessage(HttpStatusCode.Created));
        answer.Headers.Add("x-ms-content-crc64", crc64);
        return answer;
    }

    public static HttpResponseMessage Created(ScriptedBlob blob)
    {
        var answer = Signed(new HttpResponseMessage(HttpStatusCode.Created) { Content = new ByteArrayContent([]) });
        answer.Headers.TryAddWithoutValidation("ETag", blob.ETag);
        answer.Content.Headers.LastModified = blob.LastModified;
        return answer;
    }

    public static HttpResponseMessage Deleted() =>
        Signed(new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new ByteArrayContent([]) });

    /// <summary>To Get Block List; null for a list that was not asked for.</summary>
    public static HttpResponseMessage BlockList(
        IEnumerable<KeyValuePair<string, byte[]>>? committed, IEnumerable<KeyValuePair<string, byte[]>>? uncommitted) =>
        Signed(new(HttpStatusCode.OK)
        {
            Content = new StringContent(
                $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>{List("CommittedBlocks", committed)}"
                    + $"{List("UncommittedBlocks", uncommitted)}</BlockList>"),
        });

    public static HttpResponseMessage Document(string xml) => Signed(new(HttpStatusCode.OK)
    {
        Content = new StringContent(xml, System.Text.Encoding.UTF8, "application/xml"),
    });

    public static HttpResponseMessage Error(int status, string code, TimeSpan? retryAfter = null)
    {
        var answer = Signed(new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>Scripted.</Message></Error>"),
        });
        answer.Content.Headers.ContentType = new("application/xml");
        answer.Headers.Add("x-ms-error-code", code);
        answer.Headers.RetryAfter = retryAfter is { } delay ? new(delay) : null;
        return answer;
    }

    public static HttpResponseMessage Properties(ScriptedBlob blob, bool withContent)
    {
        var answer = Signed(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(withContent ? blob.Content : []) });
        answer.Headers.TryAddWithoutValidation("ETag", blob.ETag);
        answer.Content.Headers.LastModified = blob.LastModified;
        answer.Content.Headers.ContentLength = blob.Content.Length;
        foreach (var (name, value) in blob.Properties)
        {
            _ = answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    private static string List(string name, IEnumerable<KeyValuePair<string, byte[]>>? blocks) => blocks is null ? ""
        : $"<{name}>"
            + $"{string.Concat(blocks.Select(static block => $"<Block><Name>{block.Key}</Name><Size>{block.Value.Length}</Size></Block>"))}"
            + $"</{name}>";

    private static HttpResponseMessage Signed(HttpResponseMessage answer)
    {
        answer.Headers.Add(RequestId, Guid.NewGuid().ToString());
        return answer;
    }
}
