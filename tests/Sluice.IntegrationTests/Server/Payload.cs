using System.Security.Cryptography;

namespace Sluice.IntegrationTests.Server;

/// <summary>Bodies that can't be right by accident.</summary>
internal static class Payload
{
    /// <summary>Random bytes. The first says that they are nothing that a sniffer knows.</summary>
    public static byte[] Random(int bytes)
    {
        var payload = RandomNumberGenerator.GetBytes(bytes);
        if (bytes > 0)
            payload[0] = 0;
        return payload;
    }

    public static void AssertSame(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected.Length, expected.AsSpan().CommonPrefixLength(actual));
    }

    /// <summary>A body that declares its length, or one that does not: chunked in HTTP/1.1, open-ended in HTTP/2.</summary>
    public static HttpContent Content(byte[] payload, bool sized = true) => sized
        ? new ByteArrayContent(payload)
        : new UnsizedContent(async stream => await stream.WriteAsync(payload, TestContext.Current.CancellationToken));
}
