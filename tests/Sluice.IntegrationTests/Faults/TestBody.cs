using System.Runtime.InteropServices;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Pseudo-random bytes (SplitMix64): seeded, so that a failure comes back, and eight at a time, so that they cost next to nothing.
/// </summary>
internal static class TestBody
{
    public const int Mib = 1 << 20;

    public static byte[] Of(int bytes, int seed = 1)
    {
        var words = new ulong[(bytes + 7) / 8];
        var state = (ulong)seed;
        Fill(words, ref state);
        return MemoryMarshal.AsBytes(words.AsSpan())[..bytes].ToArray();
    }

    /// <summary>Makes the next bytes of a sequence (https://prng.di.unimi.it/splitmix64.c).</summary>
    public static void Fill(Span<ulong> words, ref ulong state)
    {
        foreach (ref var word in words)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            word = z ^ (z >> 31);
        }
    }
}
