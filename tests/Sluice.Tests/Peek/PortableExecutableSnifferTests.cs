using System.Buffers.Binary;
using Sluice.Peek;

namespace Sluice.Tests.Peek;

public sealed class PortableExecutableSnifferTests
{
    [Theory]
    [InlineData(0x40)]
    [InlineData(0x80)]
    [InlineData(0x110)]
    public void A_stub_that_leads_to_the_signature_is_a_portable_executable(int offset) =>
        Assert.Equal("application/vnd.microsoft.portable-executable", Sniff(SniffBodies.PortableExecutable(offset)));

    [Theory]
    [InlineData(0x81)]
    [InlineData(0xBF)]
    [InlineData(0xC0)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void A_stub_that_leads_elsewhere_is_not(int offset)
    {
        var body = SniffBodies.PortableExecutable(0x80);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(0x3C), offset);

        Assert.Equal("application/octet-stream", Sniff(body));
    }

    private static string? Sniff(byte[] body) => ContentSniffer.Sniff(new(body), complete: false);
}
