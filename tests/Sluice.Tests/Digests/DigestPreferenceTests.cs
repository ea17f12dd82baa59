using Sluice.Digests;

namespace Sluice.Tests.Digests;

/// <summary>RFC 9530, section 4.</summary>
public sealed class DigestPreferenceTests
{
    private static readonly Dictionary<string, string> Both = new() { ["sha-256"] = "a", ["sha-512"] = "b" };
    private static readonly Dictionary<string, string> One = new() { ["sha-256"] = "a" };

    [Theory]
    [InlineData(null, "", "sha-256 sha-512", "sha-256")]
    [InlineData("sha-256=1", "sha-256", "sha-256", "sha-256")]
    [InlineData("sha-512=3, sha-256=10, unixsum=1", "sha-256", "sha-256", "sha-256")]
    [InlineData("sha-512=10, sha-256=1", "sha-512", "sha-512", "sha-256")]
    [InlineData("sha-512=5, sha-256=5", "sha-256 sha-512", "sha-256 sha-512", "sha-256")]
    [InlineData("sha-512=1", "sha-512", "sha-512", "sha-256")]
    [InlineData("sha-256=0", "", "sha-512", "")]
    [InlineData("sha-256=0, sha-512=0", "", "", "")]
    [InlineData("sha-256=0, sha-512=1", "sha-512", "sha-512", "")]
    [InlineData("unixsum=10", "", "sha-256 sha-512", "sha-256")]
    [InlineData("sha-512=11, sha-256=-1", "", "sha-256 sha-512", "sha-256")]
    [InlineData("sha-512=1.0", "", "sha-256 sha-512", "sha-256")]
    [InlineData("sha-512", "", "sha-256 sha-512", "sha-256")]
    [InlineData("sha-512=", "", "sha-256 sha-512", "sha-256")]
    [InlineData("", "", "sha-256 sha-512", "sha-256")]
    public void The_most_wanted_of_what_there_is_is_told(string? line, string computed, string ofBoth, string ofOne)
    {
        var wants = DigestPreference.Read(line is null ? [] : [line]);

        Assert.Equal(computed, string.Join(' ', wants.Wanted));
        Assert.Equal(ofBoth, string.Join(' ', wants.Choose(Both).Select(static digest => digest.Key)));
        Assert.Equal(ofOne, string.Join(' ', wants.Choose(One).Select(static digest => digest.Key)));
        Assert.Empty(wants.Choose(new Dictionary<string, string>()));
    }
}
