namespace Sluice.IntegrationTests.Faults;

/// <summary>Bodies that look like nothing else, and like themselves every time.</summary>
internal static class TestBody
{
    public const int Mib = 1 << 20;

    public static byte[] Of(int bytes, int seed = 1)
    {
        var body = new byte[bytes];
        new Random(seed).NextBytes(body);
        return body;
    }
}
