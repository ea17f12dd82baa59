using Microsoft.AspNetCore.Http;
using Sluice.AspNetCore.Requests;
using Sluice.Failures;

namespace Sluice.Tests.Requests;

/// <summary>What is taken of a Transfer-Encoding; tests/Sluice.IntegrationTests has what Kestrel makes of it.</summary>
public sealed class TransferCodingTests
{
    [Theory]
    [InlineData("chunked", true)]
    [InlineData(" Chunked\t", true)]
    [InlineData("chunked\u00A0", false)]
    [InlineData("\u000Bchunked", false)]
    [InlineData("gzip, chunked", false)]
    public void It_is_taken_as_chunked_alone_with_no_blanks_but_those_of_http(string coding, bool isTaken)
    {
        var request = new DefaultHttpContext().Request;
        request.Protocol = "HTTP/1.1";
        request.Headers.TransferEncoding = coding;

        Assert.Equal(isTaken ? null : FailureKind.TransferCodingUnsupported, TransferCoding.Fault(request)?.Kind);
    }
}
